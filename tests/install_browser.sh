#!/bin/sh
# Installs what the browser tests need where apt may; else says in one sentence what is missing.
set -u
missing=""
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || missing="chromium"
fc-list 2>/dev/null | grep -qi "noto.*cjk" || missing="$missing fonts-noto-cjk"
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        chromium fonts-noto-cjk fontconfig >/dev/null && exit 0
fi
echo "make test needs$( [ "${missing# }" = "$missing" ] && echo ' ')$missing, which could not be installed here: please install it (Debian: apt-get install $missing)." >&2
exit 1
