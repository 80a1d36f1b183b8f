#!/bin/sh
# The program named by BILLCTL_UNDER_VALGRIND, so that what memory it misuses is an exit code of its own.
exec valgrind --quiet --error-exitcode=99 --exit-on-first-error=yes "$BILLCTL_UNDER_VALGRIND" "$@"
