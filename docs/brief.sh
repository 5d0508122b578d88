#!/usr/bin/env bash
# Remakes docs/brief.png, the picture in the README, from the example reports.
# Needs Chromium (or CHROMIUM=path), and pngquant if the file is to be small; usage: docs/brief.sh [path of the onrecord binary]
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
onrecord=${1:-$root/target/release/onrecord}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$root" && "$onrecord" brief examples -o "$work/brief.html")

# One page with three windows onto the brief: its head, who said what, side by side.
cat > "$work/picture.html" <<'HTML'
<!doctype html><meta charset="utf-8"><style>
body { margin: 0; background: #b9b4a8; } iframe { display: block; width: 1280px; border: 0; margin-bottom: 6px; }
</style>
<iframe src="brief.html" style="height: 1640px"></iframe>
<iframe src="brief.html#said" style="height: 790px"></iframe>
<iframe src="brief.html#side" style="height: 900px"></iframe>
HTML
"${CHROMIUM:-chromium}" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --hide-scrollbars \
  --disable-background-networking --disable-component-update --disable-sync --user-data-dir="$work/profile" \
  --screenshot="$work/brief.png" --window-size=1280,3342 "file://$work/picture.html" 2> "$work/log" \
  || { cat "$work/log" >&2; exit 1; }
if command -v pngquant > /dev/null; then
  pngquant --force --strip --output "$work/brief.png" 64 "$work/brief.png"
fi
mv "$work/brief.png" "$root/docs/brief.png"
ls -l "$root/docs/brief.png"
