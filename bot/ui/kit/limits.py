"""Discord's limits for what a screen is made of, in characters or in number.

From its documentation: `components/reference` (buttons, menus, labels, text inputs), `resources/message`,
`interactions/application-commands` (choices), `resources/channel` and `topics/threads` (names and tags of threads).
`text.width` counts as Discord does.
"""

from typing import Final

BUTTON_LABEL: Final = 80
CUSTOM_ID: Final = 100

OPTIONS: Final = 25  # of a menu
OPTION: Final = 100  # its label, its value and its description alike

COMMAND_DESCRIPTION: Final = 100  # and that of an option

CHOICES: Final = 25  # that an option of a command is completed to
CHOICE: Final = 100  # its name and its value alike

FORM_TITLE: Final = 45
FIELD_LABEL: Final = 45
FIELD_DESCRIPTION: Final = 100
TEXT_INPUT: Final = 4000

THREAD_NAME: Final = 100
TAGS: Final = 5  # of a forum post

# Of a message made of components (`components/reference`; the 4,000 only in Discord's developer guide and its errors).
COMPONENTS: Final = 40  # nested ones counted, too
DISPLAYED: Final = 4000  # characters over all its texts
IN_ROW: Final = 5  # buttons
PICTURE_ALT: Final = 1024
CONTENT: Final = 2000  # of a message of the plain sort
