"""What is no news goes, and no line of news goes with it."""

from __future__ import annotations

import pytest

from digest.importing.furniture import no_news
from digest.importing.lexicon import lexicon

FURNITURE = """\
Sign up for our weekly letter
Sign up to receive alerts.
Subscribe
Subscribe now for unlimited access
Subscribe to read on.
Sign in to comment
Log in or register
Follow us on Mastodon
Support us
Join the debate
Read more about bridges
Read more: Ferry fares to rise, minister says
See also: Who owns the port
Watch: how the bridge fell
Share this on Facebook
Continue reading below
Most read in Politics
More from the capital
Published 14 May 2025
Published on Monday, 14 May 2025 at 10:30 GMT
Updated 10:42 BST
Last updated 2 hours ago
Posted by Anna Berg on 3 July 2025
By Anna Berg
By Anna Berg in Oslo and Ola Lund, political correspondents
By our foreign staff
By Jean-Luc de la Tour, The Harbour Post
Reporting by Anna Berg; Editing by Ola Lund
(Reporting by Anna Berg in Oslo and Ola Lund in Bergen; additional reporting by Kari Moe; editing by Jan Vik)
Additional reporting by our correspondent in Riga.
Translated by Maria van der Berg
© 2025 Harbour Post
© Harbour Post Ltd. All rights reserved.
Getty Images
Getty Images / Anna Berg
Image caption The bridge on Tuesday
Photo: a bridge
Embargoed until 10:00 on 4 July
By continuing you accept our terms and our cookies.
Affiliate links
Our Standards: The Trust Principles.
Nordlys writer Anna Berg in Oslo contributed to this report.
___
Jump to comments""".splitlines()

NEWS = """\
Sign up for night shifts, health minister tells nurses
Sign up by June or lose your pension, workers told in Minsk, union says
Subscriber data of two million Danes sold online
Subscription fraud doubles in a year
Subscribe or leave, publisher tells readers
Log in to vote, election board tells expats.
Sign in blood was asked of recruits, court hears
Follow us or stay, guides told the trapped miners.
Support us now, Chisinau tells Brussels
Join the debate on borders, chancellor tells rivals
Join us, rebels urge the navy.
Read more than headlines, judge tells jury
More from the pay talks: 12,000 jobs at risk
Share this burden, Rome tells neighbours
Continue reading aloud to children, study says.
Most popular mayor in Italy arrested
Most watched match ends in riot
Published figures show a deficit of 3%
Published diary of 1944 names 12 collaborators
Updated toll puts dead at 14
Posted parcels worth 3 million euros seized
By Thursday noon 40 houses had burned down
By Monday, the river had fallen
By April prices will have doubled, bank says
By Sea and By Land: 300 migrants reach Malta
By order of the court the mine closes today
Reporting by the Harbour Post led to two arrests.
Reporting by day and printing by night, the paper survived.
Reporting by Anna Berg's team uncovered the fraud.
Editing by machine is banned in Norwegian schools
Written by prisoners, the play opened on Monday.
Translated by a machine, the treaty had 40 errors.
Compiled by hand, the list has 1,200 names.
© sign may go under new law
EPA fines carmaker $20m
Getty Images sues over stolen pictures
Media source jailed in Minsk
Picture copyright law passes first reading
Embargoed for decades, files on the strike are opened
By using terms such as vermin the mayor broke the law.
Affiliate of bank collapses in Vienna
Our standards have fallen, teachers say.
Jump to death of ski star was avoidable, inquiry finds
Was this article 50 the end of it, voters ask.
We may earn less, dockers warn.
Get the vaccine by email invitation, doctors told reporters
The strike contributed to this report's delay, the ministry said.
Click here scam costs pensioners 4 million, police say""".splitlines()


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_is_no_news(line: str) -> None:
    assert no_news(line, lexicon())


@pytest.mark.parametrize("line", NEWS)
def test_a_line_of_news_is_no_furniture(line: str) -> None:
    assert not no_news(line, lexicon())
