# zsh -f complete.zsh SCRIPT LINE...: what becomes of each line, typed into a zsh, by one press of the tab key; then what zsh shows.
zmodload zsh/zpty || exit 1
zpty shell zsh -f -i
zpty -w shell "autoload -U compinit && compinit -u -D; source $1; PS1=; LISTMAX=1000; setopt no_beep no_auto_menu auto_list"
zpty -w shell "show() { print -r -- \"<\$BUFFER>\"; BUFFER=; }; zle -N show; bindkey '^X' show; bindkey '^I' complete-word; print RE''ADY"
while zpty -r shell line; do [[ $line == *READY* ]] && break; done
# No key may be one that a terminal itself takes before the shell reads it, such as Ctrl-U.
for words in "${@:2}"; do
  zpty -w -n shell "$words"$'\t\x18'
  while zpty -r shell line; do
    print -r -- "$line"
    [[ $line == *\<*\>* ]] && break
  done
done
