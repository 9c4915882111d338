#!/bin/sh
# The command line with the settings and the account of the service.
# As /usr/local/sbin/miteinander: `miteinander check`, `miteinander invite …` as root.
set -eu
set -a
. /etc/miteinander.env
set +a
cd /
exec runuser -u miteinander -- /opt/miteinander/bin/miteinander "$@"
