"""What members can type. A handler reads its input, makes one call and shows one screen."""

EXTENSIONS = (
    "cogs.films",
    "cogs.mentions",
    "cogs.discussions",
    "cogs.shelves",
    "cogs.suggestions",
    "cogs.curation",
    "cogs.settings",
    "cogs.spotlight",
    "cogs.departures",
    "cogs.backups",
    "cogs.about",
    "cogs.languages",
)
