"""Police forces of England and the authorities in their areas (public knowledge, by DfE number)."""

FORCES: dict[str, tuple[str, ...]] = {
    "Avon and Somerset": ("800", "801", "802", "803", "933"),
    "Bedfordshire": ("820", "821"),
    "Cambridgeshire": ("873", "874"),
    "Cheshire": ("875", "876", "877"),
    "City of London": ("201",),
    "Cleveland": ("805", "806", "807", "808"),
    "Cumbria": ("909",),
    "Derbyshire": ("830", "831"),
    "Devon and Cornwall": ("420", "878", "879", "880", "908"),
    "Dorset": ("835", "836", "837"),
    "Durham": ("840", "841"),
    "Essex": ("881", "882", "883"),
    "Gloucestershire": ("916",),
    "Greater Manchester": tuple(str(code) for code in range(350, 360)),
    "Hampshire": ("850", "851", "852", "921"),
    "Hertfordshire": ("919",),
    "Humberside": ("810", "811", "812", "813"),
    "Kent": ("886", "887"),
    "Lancashire": ("888", "889", "890"),
    "Leicestershire": ("855", "856", "857"),
    "Lincolnshire": ("925",),
    "Merseyside": tuple(str(code) for code in range(340, 345)),
    "Metropolitan": tuple(str(code) for code in (*range(202, 214), *range(301, 321))),
    "Norfolk": ("926",),
    "North Yorkshire": ("815", "816"),
    "Northamptonshire": ("928",),
    "Northumbria": (*(str(code) for code in range(390, 395)), "929"),
    "Nottinghamshire": ("891", "892"),
    "South Yorkshire": tuple(str(code) for code in range(370, 374)),
    "Staffordshire": ("860", "861"),
    "Suffolk": ("935",),
    "Surrey": ("936",),
    "Sussex": ("845", "846", "938"),
    "Thames Valley": ("825", "826", *(str(code) for code in range(867, 873)), "931"),
    "Warwickshire": ("937",),
    "West Mercia": ("884", "885", "893", "894"),
    "West Midlands": tuple(str(code) for code in range(330, 337)),
    "West Yorkshire": tuple(str(code) for code in range(380, 385)),
    "Wiltshire": ("865", "866"),
}

LARGE_FORCE = 20
"""From so many areas on a force can bear three reviews at once, else two."""


def force_code(name: str) -> str:
    """Code of a force: 'police-thames-valley'."""
    return "police-" + name.lower().replace(" ", "-")


def maximum(areas: tuple[str, ...]) -> int:
    """Areas in fieldwork at once that a force bears without a price."""
    return 3 if len(areas) >= LARGE_FORCE else 2
