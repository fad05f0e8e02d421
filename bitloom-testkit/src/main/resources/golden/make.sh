#!/usr/bin/env bash
# Makes golden model files: trains small networks on the samples in data/ and keeps each model,
# gzipped, with what `eval --json` and `inspect --json` say of it.
# usage: make.sh CHECKOUT FOLDER [NAME...]     e.g. make.sh /path/to/bitloom format3 plain nested
# Without names it makes all of them. A network to nest must be made with the one it goes into.
set -euo pipefail
checkout=$(realpath "$1")
here=$(dirname "$(realpath "$0")")
format=$2
nested_format=$format
[ "$format" != format1 ] || nested_format=format2
shift 2
wanted=" $* "
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" # relative paths: a model records the path of its data
cp -r "$here/data" "$here/module.pt" .
mkdir -p "made/$format" "made/$nested_format"

train() { # FOLDER NAME OPTIONS...
  local folder=$1 name=$2
  shift 2
  [[ $wanted == "  " || $wanted == *" $name "* ]] || return 0
  "$checkout/bitloom" train --quiet --seed 1 --threads 1 --data data --epochs 3 --batch 10 \
    --out "$name" "$@" > /dev/null
  gzip -n -9 < "$name/model.safetensors" > "$folder/$name.safetensors.gz"
  {
    printf '{"eval":%s,\n' "$("$checkout/bitloom" eval "$name" --threads 1 --json)"
    printf '"inspect":%s}\n' "$("$checkout/bitloom" inspect "$name" --json)"
  } > "$folder/$name.json"
}

dense=(--net lenet300)
train "made/$format" plain "${dense[@]}" --bits 6 --mask 111000
train "made/$format" short "${dense[@]}" --bits 12 --mask top4
train "made/$format" long "${dense[@]}" --bits 20 --mask top3
train "made/$format" layers "${dense[@]}" --bits 4 --mask all --layer first=8:top3 --layer last=float
train "made/$format" sign "${dense[@]}" --bits 1 --mask sign
train "made/$format" float "${dense[@]}" --float
train "made/$format" payload "${dense[@]}" --bits 16 --mask top3 --payload module.pt
train "made/$format" module --net module.pt --bits 6 --mask 111000
train "made/$format" conv2 --net conv2 --bits 1 --mask sign
train "made/$format" conv4 --net conv4 --bits 1 --mask sign
train "made/$format" conv6 --net conv6 --bits 1 --mask sign
train "made/$format" resnet20 --net resnet20 --bits 2 --mask all
train "made/$format" resnet29v2 --net resnet29v2 --bits 1 --mask sign
train "made/$nested_format" nested "${dense[@]}" --bits 10 --mask top4 --nested plain
train "made/$nested_format" nested-twice "${dense[@]}" --bits 14 --mask top4 --nested nested
train "made/$nested_format" nested-module --net module.pt --bits 12 --mask top4 --nested module
# only now: what changes in a checkout makes its next command build again
cp -r made/. "$here"
