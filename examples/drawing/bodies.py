"""The bodies (R005) and skills of the example, and which body's inspectors have which skill."""

BODIES = (
    ("Ofsted", "Office for Standards in Education", True),
    ("ALI", "Adult Learning Inspectorate", True),
    ("AC", "Audit Commission", True),
    ("CSCI", "Commission for Social Care Inspection", True),
    ("HC", "Healthcare Commission", True),
    ("HMIC", "Her Majesty's Inspectorate of Constabulary", True),
    ("HMIProbation", "Her Majesty's Inspectorate of Probation", True),
    ("HMIPrisons", "Her Majesty's Inspectorate of Prisons", True),
    ("HMMCSI", "Her Majesty's Magistrates' Courts Service Inspectorate", True),
    ("HMCPSI", "Her Majesty's Crown Prosecution Service Inspectorate", False),
)
"""(code, name, whether it has the duty to take part); the last one sits on the steering group only."""

SKILLS = {
    "safeguarding": "Safeguarding and staying safe",
    "looked_after": "Looked-after children and care leavers",
    "special_needs": "Learning difficulties and disabilities",
    "management": "Management and governance",
    "education": "Schools and education",
    "early_years": "Early years and day care",
    "post_16": "Education and training from 16",
    "child_health": "Child health",
    "camhs": "Child and adolescent mental health",
    "youth_justice": "Youth offending and community safety",
    "youth_support": "Youth work and Connexions",
    "family_courts": "Family courts and CAFCASS",
}

BODIES_BY_SKILL: dict[str, tuple[str, ...]] = {
    "safeguarding": ("CSCI", "CSCI", "CSCI", "HMIC"),
    "looked_after": ("CSCI",),
    "special_needs": ("Ofsted",),
    "management": ("AC", "Ofsted"),
    "education": ("Ofsted",),
    "early_years": ("Ofsted",),
    "post_16": ("ALI",),
    "child_health": ("HC",),
    "camhs": ("HC",),
    "youth_justice": ("HMIProbation", "HMIPrisons", "HMIC"),
    "youth_support": ("Ofsted",),
    "family_courts": ("HMMCSI",),
}

LEADERS_FROM = ("Ofsted", "Ofsted", "CSCI", "CSCI", "HC", "HMIProbation")
SECOND_SKILLS: dict[str, tuple[str, ...]] = {
    "Ofsted": ("education", "early_years", "youth_support", "management"),
    "ALI": ("post_16", "education", "youth_support"),
    "AC": ("management",),
    "CSCI": ("early_years", "youth_support", "family_courts"),
    "HC": ("child_health", "camhs"),
    "HMIC": ("youth_justice",),
    "HMIProbation": ("youth_justice", "youth_support"),
    "HMIPrisons": ("youth_justice", "post_16"),
    "HMMCSI": ("family_courts", "youth_justice"),
}
"""Further skills that a body's inspectors may have."""
