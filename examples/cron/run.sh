#!/usr/bin/env bash
# examples/cron/run.sh [--no-build] [FOLDER]: the commands of crontab and systemd/ as cron starts
# them: nothing in the environment, standard input closed, the machine in another time zone. In
# FOLDER (a new scratch folder unless named). Installs what is missing, builds, and prints each
# command with what it answers. With BILLCTL=PATH and --no-build that program is run instead.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
files=(billctl.toml support.toml tables)
source "$here/../prepare.sh" "$@"
now=2026-11-01T04:00:00Z # 6 o'clock in Helsinki, still October in much of the world

# cron WORDS…: as /etc/cron.d/billctl starts it.
cron() {
  printf '\n$ billctl-cron %s\n' "${*//$books//srv/billing}"
  env -i TZ=Pacific/Apia BILLCTL="$BILLCTL" BILLCTL_NOW=$now BILLCTL_CRON_WAIT=1 \
    "$here/billctl-cron" "$@" 2>&1 <&- | sed "s|$books|/srv/billing|g"
  local code=${PIPESTATUS[0]}
  [ $code -eq 0 ] || printf '(exit %s)\n' $code
}

title "A job for tonight"
run init
run import all tables
run rebill-job submit --at 08:00 support.toml --report report.json
cron "$books" rebill-job run-due

title "Its time has come, and the mail server is down: queued, nobody is called"
now=2026-11-01T06:00:00Z
cron -v "$books" rebill-job run-due
cron "$books" rebill-job run-due
run invoice list

title "The mail server is back"
sed -i 's|^transport.*|transport = "file"|; s|^host.*|path = "mail"|; /^port/d' billctl.toml
now=2026-11-01T12:00:00Z
cron "$books" send --all-unsent
printf '\n$ grep To of the mails\n'
grep -h '^To: ' mail/new/* | sort

title "The same job by two at once, when all is done: no effect"
for _ in 1 2; do
  env -i TZ=Pacific/Apia BILLCTL="$BILLCTL" BILLCTL_NOW=$now "$here/billctl-cron" "$books" \
    rebill-job run support.toml <&- &
done
wait
cron "$books" rebill-job run support.toml
run invoice list

title "What a person must hear of"
cron "$books" rebill-job run suport.toml
cron "$books" status --check --max-age job=35d
now=2026-12-10T06:00:00Z
cron "$books" status --check --max-age job=35d
run verify
