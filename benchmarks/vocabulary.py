"""The words, regions, topics and sources of the made-up corpus."""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


REGIONS = _words(
    "AE AF AR AU BD BE BR CA CD CL CN CO CZ DE DK DZ EC EG ES ET "
    "FI FR GB GH GR HU ID IE IL IN IQ IR IT JO JP KE KR KZ LB LY "
    "MA MM MX MY NG NL NZ PE PH PK PL PT RO RS SD SE TR UA US ZA"
)
"""ISO 3166-1; none that YAML 1.1 takes for a truth value."""

TOPICS = _words(
    "agriculture air-traffic armed-forces border-control broadcasting budget business cities construction courts "
    "currency customs data-protection diplomacy drought education elections electricity employment fisheries "
    "floods food-prices forestry fuel harbours heritage hospitals housing insurance maritime-law "
    "medicines migration mining opposition parliament pensions railways research sanctions vaccination"
)

WORDS = _words(
    "the a its their this that another every several two three many few after before during since until while because "
    "although where when and but with without under over between against towards according to from in at on for by of "
    "council committee agency ministry court company union mission envoy governor mayor engineer doctor farmer "
    "witness reporter harbour bridge village district province border river valley station hospital school market "
    "plant pipeline convoy vessel aircraft train road grain water power fuel price rate budget contract permit "
    "agreement ceasefire ballot inquiry hearing verdict appeal report survey figure estimate record delay repair "
    "outage storm flood drought fire strike protest meeting visit statement letter map photograph "
    "opened closed reported described confirmed postponed signed reviewed rejected approved counted measured "
    "repaired delivered reached left returned began ended continued rose fell doubled "
    "early late local national foreign joint public final first second new old small large northern southern "
    "eastern western temporary permanent yesterday today overnight weekly nearly about again already still"
)

PARTIES = {"riverland": "name: Riverland, opposes: [hillmark]", "hillmark": "name: Hillmark"}

SPEAKERS = {
    "riverland-staff": "name: General Staff of Riverland, kind: military, speaks_for: riverland",
    "hillmark-cabinet": "name: Cabinet of Hillmark, kind: government, speaks_for: hillmark",
    "governor-north": "name: Governor of the North, kind: appointed_authority, speaks_for: hillmark",
    "treasury": "name: Treasury, kind: government",
    "ballot-office": "name: Ballot Office, kind: government",
    "health-board": "name: Health Board, kind: government",
    "observer-mission": "name: Observer Mission, kind: intergovernmental",
    "relief-corps": "name: Relief Corps, kind: ngo",
    "reserve-bank": "name: Reserve Bank, kind: government",
    "bloc-leader": "name: Leader of the Bloc, kind: person",
}
CARRIERS = {
    "wire-east": "name: Wire East, kind: agency",
    "wire-west": "name: Wire West, kind: agency",
    "hillmark-wire": "name: Hillmark Wire, kind: agency, controlled_by: hillmark",
    "radio-coast": "name: Radio Coast, kind: outlet",
    "morning-courier": "name: Morning Courier, kind: outlet",
    "harbour-gazette": "name: Harbour Gazette, kind: outlet",
    "map-watch": "name: Map Watch, kind: open_source",
}
"""Registered sources: id → the fields of the entry."""

STANCES = ("asserts", "asserts", "supports", "denies")
