#!/usr/bin/env python
"""Django's command-line entry point. Beside a demo it acts on that demo, if the environment names nothing else."""

import os
import sys

from config.embedded_postgres import DatabaseError
from config.environment import ProfileError, beside_the_demo


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    try:
        with beside_the_demo():
            execute_from_command_line(sys.argv)
    except (DatabaseError, ProfileError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
