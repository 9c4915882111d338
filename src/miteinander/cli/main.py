"""The command line. Bootstrapped here; commands stand in their own modules."""

from __future__ import annotations

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "miteinander.config.settings")
    from django.core.management import execute_from_command_line  # deferred: after the settings

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
