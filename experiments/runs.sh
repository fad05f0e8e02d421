# Shared by the experiments: runs of ./bitloom train below $folder, and a table row over their seeds.
# The caller sets root and folder.

# run NAME SEED OPTIONS: trains into $folder/NAME-SEED, goes on with it, or leaves it if it is finished.
run() {
  local name=$1 seed=$2
  shift 2
  if [ -e "$folder/$name-$seed/model.safetensors" ]; then
    return
  elif [ -e "$folder/$name-$seed/config.json" ]; then
    "$root/bitloom" train --resume "$folder/$name-$seed" --quiet > /dev/null
  else
    "$root/bitloom" train --seed "$seed" --out "$folder/$name-$seed" --quiet "$@" > /dev/null
  fi
}

# table NAME: mean and standard deviation of the last epoch over the seeds, and seconds per epoch.
table() {
  for metrics in "$folder/$1"-[0-9]*/metrics.jsonl; do
    awk '{ match($0, /"seconds":[0-9.]+/); s += substr($0, RSTART + 10, RLENGTH - 10); line = $0 }
      END { print s / NR, line }' "$metrics"
  done |
    sed -E 's/^([0-9.]+) .*"testAccuracy":([0-9.e-]+),"negative":([0-9]+),"zero":([0-9]+),"positive":([0-9]+).*/\1 \2 \3 \4 \5/' |
    awk -v name="$1" '
      { a = 100 * $2; z = 100 * $4 / ($3 + $4 + $5); n++; t += $1
        sa += a; qa += a * a; sz += z; qz += z * z }
      function sd(s, q) { return n > 1 && q > s * s / n ? sqrt((q - s * s / n) / (n - 1)) : 0 }
      END { printf "%-22s n=%d  accuracy %.2f +- %.2f %%  zero %.1f +- %.1f %%  %.0f s an epoch\n",
              name, n, sa / n, sd(sa, qa), sz / n, sd(sz, qz), t / n }'
}
