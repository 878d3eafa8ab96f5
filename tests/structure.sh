#!/usr/bin/env bash
# The direction of includes, as ARCHITECTURE.md draws it:
#   model <- {seeds, crawler, extract, storage, formats} <- {serve, cli}; siblings never include each other.
# And: only storage/ speaks SQL, and no source file grows past 400 lines.
set -euo pipefail
cd "$(dirname "$0")/.."

declare -A allowed=(
  [model]="model"
  [seeds]="model seeds"
  [crawler]="model crawler"
  [extract]="model extract"
  [storage]="model storage"
  [formats]="model formats"
  [serve]="model seeds crawler extract storage formats serve"
  [cli]="model seeds crawler extract storage formats serve cli"
)
status=0
complain() {
  echo "$*" >&2
  status=1
}

for folder in "${!allowed[@]}"; do
  while IFS=: read -r file line include; do
    target=${include#*\"}
    target=${target%%/*}
    [[ " ${allowed[$folder]} " == *" $target "* ]] || complain "$file:$line: $folder/ may not include from $target/"
  done < <(grep -rnE '^#include "[a-z]+/' --include='*.hpp' --include='*.cpp' "$folder" || true)
done

while IFS= read -r file; do
  complain "$file: only storage/ includes SQLite"
done < <(grep -rlE '#include <(SQLiteCpp|sqlite3)' --include='*.hpp' --include='*.cpp' model seeds crawler extract formats serve cli || true)

while read -r lines file; do
  [[ $file == total || $lines -le 400 ]] || complain "$file: $lines lines; it holds two things"
done < <(find "${!allowed[@]}" tests -name '*.[hc]pp' -print0 | xargs -0 wc -l)

# One name, one type: two definitions in one namespace are undefined behaviour that no linker reports.
# winnow, winnow::serve and winnow::cli are such namespaces.
for folders in "model seeds crawler extract storage formats" "serve" "cli"; do
  read -ra roots <<<"$folders"
  mapfile -t headers < <(find "${roots[@]}" -name '*.hpp' | sort)
  while read -r type; do
    complain "$type is defined more than once: $(grep -lE "^(struct|class|enum class) $type( .*)?\\{" -- "${headers[@]}" | tr '\n' ' ')"
  done < <(grep -hoE '^(struct|class|enum class) [A-Z][A-Za-z]+( .*)?\{' -- "${headers[@]}" |
    awk '{print ($2 == "class") ? $3 : $2}' | sort | uniq -d)
done

exit $status
