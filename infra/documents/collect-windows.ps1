# What a running Windows host tells of itself, most fleeting first. It only reads: it installs nothing, writes no file,
# changes no setting and opens no connection. Each part ends by itself, in size here and in time by the document that
# runs it.
$ErrorActionPreference = 'Continue'
$ProgressPreference = 'SilentlyContinue'
# Systems Manager tells 24,000 characters of a step.
$most = 23000
function Show-Part([string]$Name, [scriptblock]$Body) {
  "== $Name"
  $text = (& $Body 2>&1 | Out-String -Width 2000).Trim()
  if ($text.Length -le $most) { $text; return }
  $text.Substring(0, $most)
  "[cut by Drawbridge: $($text.Length - $most) characters more]"
}
function Show-Rows([string[]]$Columns) {
  $input | Select-Object -Property $Columns | ConvertTo-Csv -NoTypeInformation
}

#: system 30
Show-Part 'system' {
  (Get-Date).ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ssZ')
  Get-CimInstance Win32_OperatingSystem | Show-Rows Caption, Version, BuildNumber, CSName, LastBootUpTime, InstallDate
  Get-HotFix | Show-Rows HotFixID, InstalledOn
}

#: sockets 30
Show-Part 'sockets' {
  Get-NetTCPConnection | Show-Rows State, LocalAddress, LocalPort, RemoteAddress, RemotePort, OwningProcess, CreationTime
  Get-NetUDPEndpoint | Show-Rows LocalAddress, LocalPort, OwningProcess, CreationTime
}

#: processes 45
Show-Part 'processes' {
  Get-CimInstance Win32_Process | Show-Rows ProcessId, ParentProcessId, CreationDate, Name, ExecutablePath, CommandLine
}

#: drivers 30
Show-Part 'drivers' {
  Get-CimInstance Win32_SystemDriver -Filter "State = 'Running'" | Show-Rows Name, PathName
}

#: network 30
Show-Part 'network' {
  Get-NetNeighbor | Show-Rows IPAddress, LinkLayerAddress, State
  Get-NetRoute | Show-Rows DestinationPrefix, NextHop, InterfaceIndex
  Get-DnsClientServerAddress | Show-Rows InterfaceAlias, ServerAddresses
  Get-DnsClientCache | Show-Rows Entry, Data, TimeToLive
  Get-Content "$env:SystemRoot\System32\drivers\etc\hosts" | Where-Object { $_ -notmatch '^\s*(#|$)' }
}

#: people 30
Show-Part 'people' {
  quser
  Get-LocalUser | Show-Rows Name, Enabled, LastLogon, PasswordLastSet, SID
  Get-LocalGroupMember -SID 'S-1-5-32-544' | Show-Rows Name, ObjectClass, PrincipalSource
  Get-SmbSession | Show-Rows ClientComputerName, ClientUserName, NumOpens
  Get-SmbShare | Show-Rows Name, Path
}

#: persistence 45
Show-Part 'persistence' {
  $keys = 'HKLM:\Software\Microsoft\Windows\CurrentVersion\Run', 'HKLM:\Software\Microsoft\Windows\CurrentVersion\RunOnce',
  'HKLM:\Software\WOW6432Node\Microsoft\Windows\CurrentVersion\Run', 'HKLM:\Software\Microsoft\Windows NT\CurrentVersion\Winlogon'
  foreach ($key in $keys) {
    "-- $key"
    $entries = Get-ItemProperty -Path $key -ErrorAction SilentlyContinue
    if ($entries) { $entries.PSObject.Properties | Where-Object Name -notlike 'PS*' | Show-Rows Name, Value }
  }
  Get-ScheduledTask | Where-Object State -ne 'Disabled' |
    Select-Object TaskPath, TaskName, State, @{ n = 'Runs'; e = { ($_.Actions | ForEach-Object { "$($_.Execute) $($_.Arguments)" }) -join '; ' } } |
    Where-Object TaskPath -notlike '\Microsoft\*' | ConvertTo-Csv -NoTypeInformation
  Get-CimInstance -Namespace root/subscription -ClassName CommandLineEventConsumer | Show-Rows Name, CommandLineTemplate
}

#: services 30
Show-Part 'services' {
  Get-CimInstance Win32_Service | Sort-Object State, Name | Show-Rows State, StartMode, Name, StartName, PathName
}

#: firewall 30
Show-Part 'firewall' {
  Get-NetFirewallProfile | Show-Rows Name, Enabled, DefaultInboundAction, DefaultOutboundAction
}

#: defender 20
Show-Part 'defender' {
  Get-MpComputerStatus | Show-Rows AMServiceEnabled, RealTimeProtectionEnabled, AntivirusSignatureLastUpdated
  Get-MpThreatDetection | Show-Rows InitialDetectionTime, ProcessName, Resources
}

#: events 60
Show-Part 'events' {
  $wanted = @{ LogName = 'Security'; Id = 1102, 4624, 4625, 4648, 4672, 4688, 4697, 4698, 4720, 4732 }
  Get-WinEvent -FilterHashtable $wanted -MaxEvents 80 |
    Select-Object TimeCreated, Id, @{ n = 'Text'; e = { ($_.Message -replace '\s+', ' ').Substring(0, [Math]::Min(240, ($_.Message -replace '\s+', ' ').Length)) } } |
    ConvertTo-Csv -NoTypeInformation
}

#: powershell 45
Show-Part 'powershell' {
  Get-WinEvent -FilterHashtable @{ LogName = 'Microsoft-Windows-PowerShell/Operational'; Id = 4104 } -MaxEvents 40 |
    Select-Object TimeCreated, @{ n = 'Text'; e = { ($_.Message -replace '\s+', ' ').Substring(0, [Math]::Min(480, ($_.Message -replace '\s+', ' ').Length)) } } |
    ConvertTo-Csv -NoTypeInformation
}

#: hashes 60
Show-Part 'hashes' {
  Get-CimInstance Win32_Process | Where-Object ExecutablePath | Sort-Object ExecutablePath -Unique |
    ForEach-Object { Get-FileHash -Algorithm SHA256 -Path $_.ExecutablePath } | Show-Rows Hash, Path
}
