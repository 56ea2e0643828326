"""What drawing a social card takes, script by script: python -m benchmarks.cards."""

from __future__ import annotations

import statistics
import time

from digest.pages.card import CardView
from digest.pages.parts import LabelCount, LabelMark
from digest.render.cards.draw import draw

TITLES = {
    "Latin": "Ukraine says it is pushing Russian troops back in Sumy",
    "Latin, three lines": "A commission of inquiry finds that the bridge at Harborough had not been looked at for "
    "eleven years before it fell, and names the offices that knew of it",
    "Cyrillic": "Україна заявляє, що відтісняє російські війська на Сумщині",
    "Arabic": "أوكرانيا تقول إنها تدفع القوات الروسية إلى الوراء في سومي (2025)",
    "Hebrew": "ישראל וחמאס הסכימו על הפסקת אש של 60 יום",
    "Japanese": "ウクライナ、スムイ州でロシア軍を押し戻していると発表",
    "Chinese": "乌克兰称在苏梅地区击退俄军，独立监察机构尚未证实这一说法",
    "Hindi": "यूक्रेन का कहना है कि वह रूसी सैनिकों को पीछे धकेल रहा है",
    "Thai": "ยูเครนระบุว่ากำลังผลักดันทหารรัสเซียกลับไป",
}
ROUNDS = 50


def milliseconds(title: str) -> list[float]:
    """Processor time of cards that differ in their titles' ends, once the fonts are open."""
    label = LabelCount(LabelMark("confirmed", "Confirmed", "labels/confirmed/"), 2)
    found = []
    for number in range(-1, ROUNDS):
        view = CardView("The Plain Record", f"{title} {number}", "1 July 2025", (label,), "en", "en", rtl=False)
        begun = time.process_time()
        draw(view)
        found.append((time.process_time() - begun) * 1000)
    return found[1:]


def main() -> None:
    """Print a line a script: median and slowest of its cards."""
    for name, title in TITLES.items():
        taken = milliseconds(title)
        print(f"{name:20}{statistics.median(taken):6.1f} ms{max(taken):8.1f} ms at most")


if __name__ == "__main__":
    main()
