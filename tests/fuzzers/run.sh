# What `./dev fuzz` and `./dev test --fuzzers` do; read by dev, whose functions it uses.

fuzz_dir=build/fuzz

fuzz_usage() {
  cat <<'TXT'
usage: ./dev fuzz [TARGET] [--seconds N]   fuzz one target, or all of them, for N seconds each (60)
       ./dev fuzz TARGET FILE...           run the target once with each file, such as one that crashed it
TXT
  echo "targets: $(fuzz_targets | xargs)"
}

fuzz_targets() { sed -n 's/^dynarock_fuzzer(\([a-z]*\).*/\1/p' tests/fuzzers/CMakeLists.txt; }

fuzz_build() {  # TARGET...
  build asan "${@/#/fuzzer_}"
}

# fuzz_run TARGET ARGUMENT...: the target's program, its memory and the time for one input limited.
# Leaks are not looked for where a server runs: it keeps something of most requests, and at the end the lists that glibc
# has for threads that still run are taken for leaks. What really leaks meets the limit of memory.
fuzz_run() {
  local target=$1 leaks=1
  shift
  case $target in request | partiql) leaks=0 ;; esac
  ASAN_OPTIONS=detect_leaks=$leaks:detect_stack_use_after_return=1:strict_string_checks=1 \
    UBSAN_OPTIONS=print_stacktrace=1 ASAN_SYMBOLIZER_PATH=/usr/bin/llvm-symbolizer-19 \
    build/asan/fuzzers/"$target" -rss_limit_mb=2048 -timeout=10 "$@"
}

# fuzz_folders TARGET: where the project has files for it: those to begin with, those that once crashed it, and the
# cases of other tests.
fuzz_folders() {
  local folder cases=tests/cases/schema more=()
  case $1 in
    hcl) more=("$cases/terraform") ;;
    plan) more=("$cases/terraform/plans") ;;
    template) more=("$cases/"{api,cdk,cloudformation,sam,serverless}) ;;
    yaml) more=("$cases/"{api,malformed,serverless}) ;;
  esac
  for folder in tests/fuzzers/{corpus,regressions}/"$1" "${more[@]}"; do
    [ ! -d "$folder" ] || echo "$folder"
  done
}

# Options that only some targets have.
fuzz_options() { [ ! -e "tests/fuzzers/$1.dict" ] || echo "-dict=tests/fuzzers/$1.dict"; }

# fuzz_for TARGET SECONDS: first the project's files, then whatever comes of them. One line about it; fails on a crash.
fuzz_for() {
  local target=$1 seconds=$2 log=$fuzz_dir/logs/$1.log corpus=$fuzz_dir/corpus/$1 folders files options status=0
  mkdir -p "$fuzz_dir/logs" "$fuzz_dir/crashes" "$corpus"
  rm -f "$log"
  mapfile -t folders < <(fuzz_folders "$target")
  mapfile -t files < <(find "${folders[@]}" -type f | sort)
  mapfile -t options < <(fuzz_options "$target")
  options+=("-artifact_prefix=$fuzz_dir/crashes/$target-")
  fuzz_run "$target" "${options[@]}" "${files[@]}" >"$log" 2>&1 || status=$?
  if [ "$status" != 0 ]; then
    fuzz_failed "$target" "$log" "$(sed -n 's/^Running: //p' "$log" | tail -n 1)"
    return 1
  fi
  options+=(-max_total_time="$seconds" -max_len=16384 -len_control=20 -print_final_stats=1)
  fuzz_run "$target" "${options[@]}" "$corpus" "${folders[@]}" >"$log" 2>&1 || status=$?
  fuzz_line "$target" "$log" "$corpus"
  [ "$status" = 0 ] || fuzz_failed "$target" "$log" "$(sed -n 's/.*Test unit written to //p' "$log" | tail -n 1)"
  return "$status"
}

fuzz_line() {  # TARGET LOG CORPUS
  local units edges seconds
  units=$(sed -n 's/^stat::number_of_executed_units: *//p' "$2")
  edges=$(grep -oE ' cov: [0-9]+' "$2" | tail -n 1 | grep -oE '[0-9]+' || true)
  seconds=$(sed -n 's/^Done [0-9]* runs in \([0-9]*\) second(s)/\1/p' "$2")
  printf '%-14s %10s executions %6s s %7s edges %6s inputs kept\n' "$1" "${units:-?}" "${seconds:--}" "${edges:-?}" \
    "$(find "$3" -type f | wc -l)"
}

fuzz_failed() {  # TARGET LOG FILE
  echo "$1 failed: $(grep -m 1 -E 'ERROR: |runtime error: |does not hold: ' "$2" || echo "$2 tells why")"
  [ -z "$3" ] || echo "  ./dev fuzz $1 $3 does it again"
}

# fuzz_all SECONDS TARGET...: as many at once as there are processors; says how many failed in `fuzz_failures`.
fuzz_all() {
  local seconds=$1 target
  shift
  fuzz_failures=0
  for target in "$@"; do
    if [ "$(jobs -rp | wc -l)" -ge "$(nproc)" ]; then
      wait -n || fuzz_failures=$((fuzz_failures + 1))
    fi
    fuzz_for "$target" "$seconds" &
  done
  while [ -n "$(jobs -p)" ]; do
    wait -n || { [ $? != 127 ] || break; fuzz_failures=$((fuzz_failures + 1)); }
  done
}

fuzz() {
  local seconds=60 targets=() files=()
  while [ $# -gt 0 ]; do
    case $1 in
      --seconds)
        [[ ${2:-} =~ ^[1-9][0-9]{0,5}$ ]] || die "--seconds wants a number from 1 to 999999"
        seconds=$2
        shift
        ;;
      --help | -h) fuzz_usage; return ;;
      -*) die "unknown option $1; ./dev fuzz --help lists them" ;;
      *)
        if [ ${#targets[@]} -gt 0 ]; then
          [ -f "$1" ] || die "there is no file $1"
          files+=("$1")
        elif fuzz_targets | grep -qxF -- "$1"; then
          targets=("$1")
        else
          die "unknown target $1; there are $(fuzz_targets | xargs)"
        fi
        ;;
    esac
    shift
  done
  [ ${#targets[@]} -gt 0 ] || mapfile -t targets < <(fuzz_targets)
  fuzz_build "${targets[@]}" || die "the fuzzers could not be built"
  if [ ${#files[@]} -gt 0 ]; then
    fuzz_run "${targets[0]}" "${files[@]}"
    return
  fi
  fuzz_all "$seconds" "${targets[@]}"
  [ "$fuzz_failures" = 0 ]
}

# All targets, at most five minutes of fuzzing; FUZZ_SECONDS is another time for each.
fuzzers_suite() {
  headline "fuzzers"
  local targets seconds
  mapfile -t targets < <(fuzz_targets)
  if ! fuzz_build "${targets[@]}"; then
    count 0 1
    return
  fi
  seconds=$((270 * $(nproc) / ${#targets[@]}))
  [ "$seconds" -lt 35 ] || seconds=35
  fuzz_all "${FUZZ_SECONDS:-$seconds}" "${targets[@]}"
  count $((${#targets[@]} - fuzz_failures)) "$fuzz_failures"
}
