# bash complete.bash SCRIPT WORD...: what bash offers for the last of the words of a call, split as bash splits them.
source "$1" && shift
complete -p "$1" >/dev/null || exit 1
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
set -u
"_$1"
((${#COMPREPLY[@]} == 0)) || printf '%s\n' "${COMPREPLY[@]}"
