#!/bin/sh
# What a running Linux host tells of itself, most fleeting first. It only reads: it installs nothing, writes no file,
# starts no service, loads no kernel module and opens no connection. Each part ends by itself, in size here and in time
# by the document that runs it. `sh collect-linux.sh` shows all of it.
PATH=/usr/sbin:/usr/bin:/sbin:/bin
LC_ALL=C
export PATH LC_ALL
# Systems Manager tells 24,000 characters of a step.
most=23000
bounded() {
  head -c "$most"
  rest=$(wc -c)
  [ "$rest" -eq 0 ] || printf '\n[cut by Drawbridge: %s bytes more]\n' "$rest"
}
has() { command -v "$1" >/dev/null 2>&1; }
# Not longer than so many seconds, where the host has what it takes.
within() {
  seconds=$1
  shift
  if has timeout; then timeout "$seconds" "$@"; else "$@"; fi
}
show() {
  for file in "$@"; do
    [ -f "$file" ] && [ -r "$file" ] || continue
    printf -- '-- %s\n' "$file"
    cat "$file"
  done
}
part() {
  printf '== %s\n' "$1"
  "$1" 2>&1 </dev/null | bounded
}

#: system 15
system() {
  date -u '+%Y-%m-%dT%H:%M:%SZ'
  uname -a
  show /proc/uptime /proc/loadavg /proc/sys/kernel/random/boot_id /proc/sys/kernel/tainted /proc/cmdline /etc/os-release
}
part system

#: sockets 30
sockets() {
  # Without this module in the kernel, ss would load it.
  if has ss && [ -d /sys/module/inet_diag ]; then
    within 10 ss -n -a -p -e -t -u -w
  elif has netstat; then
    within 10 netstat -anp
  fi
  show /proc/net/tcp /proc/net/tcp6 /proc/net/udp /proc/net/udp6 /proc/net/raw /proc/net/raw6 /proc/net/packet
}
part sockets

#: processes 30
processes() {
  within 15 ps -e -ww -o pid,ppid,uid,lstart,stat,args --forest || within 15 ps
}
part processes

#: executables 45
walk() {
  for process in /proc/[0-9]*; do
    exe=$(readlink "$process/exe") || continue
    printf '%s exe=%s cwd=%s args=' "${process#/proc/}" "$exe" "$(readlink "$process/cwd")"
    tr '\0' ' ' <"$process/cmdline"
    printf '\n'
  done
}
executables() {
  all=$(walk)
  echo '-- deleted, or never a file'
  printf '%s\n' "$all" | grep -E ' exe=(/memfd:|.* \(deleted\) cwd=)'
  echo '-- all'
  printf '%s\n' "$all"
}
part executables

#: mappings 30
mappings() {
  # Code that runs from where no code belongs.
  for maps in /proc/[0-9]*/maps; do
    grep -H -E ' r.xp .*(/tmp/|/dev/shm/|/memfd:| \(deleted\))' "$maps"
  done
  true
}
part mappings

#: files 45
files() {
  ls -l /proc/[0-9]*/fd 2>/dev/null | awk '
    /^\/proc\// { split($0, path, "/"); next }
    {
      at = index($0, " -> ")
      to = substr($0, at + 4)
      if (at == 0 || to ~ /^(pipe:|anon_inode:|\/dev\/(null|urandom|pts\/))/) next
      words = split(substr($0, 1, at - 1), word, " ")
      print path[3] "/fd/" word[words], to
    }'
}
part files

#: modules 10
modules() {
  cat /proc/modules
}
part modules

#: mounts 10
mounts() {
  cat /proc/mounts
}
part mounts

#: network 20
network() {
  if has ip; then
    for what in neigh addr rule route; do
      printf -- '-- ip %s\n' "$what"
      within 5 ip "$what" show
    done
  fi
  show /proc/net/arp /proc/net/route /etc/resolv.conf /etc/hosts /etc/nsswitch.conf
}
part network

#: people 20
people() {
  has who && within 5 who -a
  has last && within 5 last -n 60 -w
  has lastb && within 5 lastb -n 60 -w
  show /etc/passwd
}
part people

#: persistence 30
persistence() {
  show /etc/ld.so.preload /etc/rc.local /etc/crontab /etc/cron.d/* /var/spool/cron/* /var/spool/cron/crontabs/*
  if has systemctl && [ -d /run/systemd/system ]; then
    within 8 systemctl --no-pager --no-legend list-timers --all
    within 8 systemctl --no-pager --no-legend list-unit-files --state=enabled
  fi
  ls -la /etc/cron.hourly /etc/cron.daily /etc/cron.weekly /etc/cron.monthly /etc/init.d /etc/profile.d \
    /etc/systemd/system /run/systemd/system /usr/local/lib/systemd/system /var/spool/at
}
part persistence

#: access 20
access() {
  # Keys by their end: enough to compare, and nothing to hand on.
  while IFS=: read -r name _ _ _ _ home _; do
    for file in "$home/.ssh/authorized_keys" "$home/.ssh/authorized_keys2"; do
      [ -f "$file" ] && [ -r "$file" ] || continue
      printf -- '-- %s: %s %s\n' "$name" "$file" "$(sha256sum <"$file")"
      sed -E 's#[A-Za-z0-9+/=]{40,}([A-Za-z0-9+/=]{12})#..\1#g' "$file"
    done
  done </etc/passwd
  for file in /etc/sudoers /etc/sudoers.d/* /etc/ssh/sshd_config /etc/ssh/sshd_config.d/*; do
    [ -f "$file" ] && [ -r "$file" ] || continue
    printf -- '-- %s\n' "$file"
    grep -v -E '^[[:space:]]*(#|$)' "$file"
  done
}
part access

#: firewall 15
firewall() {
  # Only what is in the kernel already: asking for more would load it.
  if has nft && [ -d /sys/module/nf_tables ]; then within 5 nft list ruleset; fi
  if has iptables-save && [ -s /proc/net/ip_tables_names ]; then within 5 iptables-save; fi
  if has ip6tables-save && [ -s /proc/net/ip6_tables_names ]; then within 5 ip6tables-save; fi
}
part firewall

#: containers 20
containers() {
  grep -H -E 'docker|containerd|cri-|crio|libpod|kubepods' /proc/[0-9]*/cgroup
  # Where the daemon does not run, asking would start it.
  if has docker && [ -f /run/docker.pid ]; then within 8 docker ps -a --no-trunc; fi
  ls -la /var/lib/docker/containers /var/log/pods
}
part containers

#: temporary 20
temporary() {
  within 15 find /tmp /var/tmp /dev/shm -xdev -maxdepth 4 -ls
}
part temporary

#: logs 30
logs() {
  if has journalctl; then within 15 journalctl --no-pager -q -n 120 -o short-iso; fi
  for file in /var/log/auth.log /var/log/secure; do
    [ -f "$file" ] && [ -r "$file" ] || continue
    printf -- '-- %s\n' "$file"
    tail -n 120 "$file"
  done
}
part logs

#: hashes 60
hashes() {
  tab=$(printf '\t')
  # By way of the process, so that a program that was deleted has its hash too. Each file once.
  for process in /proc/[0-9]*; do
    exe=$(readlink "$process/exe") && printf '%s\t%s\n' "$process/exe" "$exe"
  done | awk -F '\t' '{ key = $2 ~ /memfd:| \(deleted\)$/ ? $1 : $2 } !seen[key]++' |
    while IFS=$tab read -r file exe; do
      hash=$(within 10 sha256sum <"$file") || continue
      printf '%s %s %s\n' "${hash%% *}" "${file#/proc/}" "$exe"
    done
}
part hashes
