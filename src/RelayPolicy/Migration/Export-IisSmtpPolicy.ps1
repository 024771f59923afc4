<#
.SYNOPSIS
    Prints the relay policy of this IIS SMTP server as JSON.

.DESCRIPTION
    Reads, through ADSI, who may connect and who may relay, the authentication flags, the limits and the domains of each SMTP virtual
    server. It changes nothing. Run it on the old server as an administrator, in Windows PowerShell 5.1; it needs no modules, but the
    role service "IIS 6 Metabase Compatibility", which IIS SMTP needs too.

    What cannot be read is printed as an error in its place, so that the import refuses it. Nothing is left out silently.

.EXAMPLE
    .\Export-IisSmtpPolicy.ps1 > export.json
#>
[CmdletBinding()]
param()

Set-StrictMode -Version 2.0
$ErrorActionPreference = 'Stop'

$serviceSettings = 'AuthFlags', 'RelayForAuth', 'AccessSSLFlags', 'MaxMessageSize', 'MaxSessionSize', 'MaxRecipients', 'HopCount',
    'MaxConnections', 'SmtpIpRestrictionFlag', 'SmtpDisableRelay', 'ServerComment', 'ServerBindings', 'SecureBindings',
    'DefaultDomain', 'EnableReverseDnsLookup', 'SmartHost', 'FullyQualifiedDomainName'

function New-Failure($problem) {
    @{ Error = "$($problem.Exception.Message)" }
}

# Whether a property has a value, its own or an inherited one. ADSI hands out a list with defaults for one that has none.
function Test-Property($entry, [string] $name) {
    $entry.Properties[$name].Count -gt 0
}

function Get-Settings($entry, [string[]] $names) {
    $settings = @{}
    foreach ($name in $names) {
        try {
            $values = @($entry.Properties[$name] | ForEach-Object { $_ })
            if ($values.Count -eq 1) { $settings[$name] = $values[0] }
            elseif ($values.Count -gt 1) { $settings[$name] = $values }
        }
        catch [System.Runtime.InteropServices.COMException] {
            # The schema of this server does not have the property (E_ADS_PROPERTY_NOT_SUPPORTED, E_ADS_PROPERTY_NOT_FOUND).
            if ($_.Exception.ErrorCode -ne 0x80005006 -and $_.Exception.ErrorCode -ne 0x8000500D) { $settings[$name] = New-Failure $_ }
        }
        catch {
            $settings[$name] = New-Failure $_
        }
    }
    $settings
}

function Get-Text($list, [string] $name) {
    $type = $list.GetType()
    $values = $type.InvokeMember($name, [System.Reflection.BindingFlags]::GetProperty, $null, $list, $null)
    , @($values | Where-Object { $null -ne $_ } | ForEach-Object { "$_" })
}

function Get-AccessList($entry, [string] $name) {
    try {
        if (-not (Test-Property $entry $name)) { return $null }
        $list = $entry.Properties[$name].Value
        $type = $list.GetType()
        $byDefault = $type.InvokeMember('GrantByDefault', [System.Reflection.BindingFlags]::GetProperty, $null, $list, $null)
        @{
            GrantByDefault = [bool] $byDefault
            IPGrant        = Get-Text $list 'IPGrant'
            IPDeny         = Get-Text $list 'IPDeny'
            DomainGrant    = Get-Text $list 'DomainGrant'
            DomainDeny     = Get-Text $list 'DomainDeny'
        }
    }
    catch {
        New-Failure $_
    }
}

function Get-Domains([string] $server) {
    $path = "IIS://localhost/SmtpSvc/$server/Domain"
    if (-not [System.DirectoryServices.DirectoryEntry]::Exists($path)) { return }
    $domains = New-Object System.DirectoryServices.DirectoryEntry $path
    foreach ($domain in $domains.Children) {
        @{ Name = "$($domain.Name)"; Settings = Get-Settings $domain @('RouteAction', 'RouteDomain') }
    }
}

$service = New-Object System.DirectoryServices.DirectoryEntry 'IIS://localhost/SmtpSvc'
$servers = @(foreach ($server in $service.Children) {
    if ($server.SchemaClassName -ne 'IIsSmtpServer') { continue }
    @{
        Id          = "$($server.Name)"
        Settings    = Get-Settings $server $serviceSettings
        RelayIpList = Get-AccessList $server 'RelayIpList'
        IPSecurity  = Get-AccessList $server 'IPSecurity'
        Domains     = @(Get-Domains $server.Name)
    }
})

ConvertTo-Json -Depth 8 -InputObject @{ Format = 'IIS SMTP policy export 1'; Computer = $env:COMPUTERNAME; Servers = $servers }
