#!/usr/bin/env bash
# Within a screen and a session bus (.ci/kate): Kate opens $ADVERT, and the keyboard takes the rewrite that makes it $WANTED.
set -euo pipefail
openbox &
kate --startanon "$ADVERT" &
kate=$!
window=""
for n in $(seq 60); do
  window=$(xdotool search --onlyvisible --class kate 2>/dev/null | tail -1) && [ -n "$window" ] && break
  sleep 1
done
xdotool windowsize "$window" 1100 560 windowmove "$window" 0 0 windowfocus "$window"
# Kate cannot be asked when it has heard the server; a rewrite is offered from then on.
for n in $(seq 6); do
  sleep $((2 * n))
  xdotool key Escape ctrl+Home ctrl+f sleep 1 type chairman
  xdotool key Return sleep 0.5 key Escape sleep 0.5
  xdotool key alt+Return sleep 2
  if [ -n "$PICTURE" ]; then import -window root "$PICTURE"; fi
  xdotool key Down sleep 0.5 key Return sleep 1 key ctrl+s sleep 2
  if cmp -s "$ADVERT" "$WANTED"; then
    kill "$kate"
    exit 0
  fi
  echo "not yet"
done
kill "$kate"
exit 1
