"""Scanners set up by chance: what paper, machines and people do to a page."""

from random import Random

from samples.pictures import Scanner
from samples.typefaces import installed_typefaces


def chance_scanner(seed: int) -> Scanner:
    """The same scanner for the same seed (on a machine with the same typefaces)."""
    random = Random(seed)
    kind = random.choice(("grey", "grey", "black and white", "sealed"))
    return Scanner(
        dpi=random.choice((150, 200, 200, 300)),
        skew_degrees=round(random.uniform(-2.0, 2.0), 2),
        quarters=random.choice((0, 0, 0, 1, 2, 3)),
        noise=0.0 if kind == "black and white" else round(random.uniform(0, 8), 1),
        dust=random.choice((0, 0, 60, 200)),
        seal=kind == "sealed",
        bits=1 if kind == "black and white" else 8,
        seed=seed,
        compression="fax" if kind == "black and white" else random.choice(("jpeg", "jpeg", "jpeg2000")),
        typeface=random.choice((None, *installed_typefaces())),
    )
