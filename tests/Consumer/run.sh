#!/usr/bin/env bash
# Packs the library, installs the package from a local folder into a fresh console project, compiles the first piece of code of the README in it,
# publishes that with NativeAOT without a single warning, and runs it. Needs gcc or clang and the headers of zlib; takes a minute or two.
# With --jit it is built and run as usual, which is quicker and needs nothing but the SDK.
set -euo pipefail
mode=${1:-}
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rid=$(dotnet --info | sed -n 's/^ *RID: *//p' | head -1)
version=0.0.0-consumer
extensions=$(sed -n 's/.*Include="Microsoft.Extensions.Hosting" Version="\([^"]*\)".*/\1/p' "$root/Directory.Packages.props")

dotnet pack "$root/src/RelayPolicy" -c Release -p:Version=$version -o "$work/feed" -v quiet
mkdir "$work/app"
cp "$here/Consumer.csproj" "$here/Program.cs" "$work/app"
awk '/^```csharp$/ { inside = 1; next } /^```$/ { if (inside) exit } inside' "$root/README.md" > "$work/app/RelayControl.cs"

# A folder of packages of its own, so that no older package of this version is taken; what the machine has besides is only read.
machine=$(dotnet nuget locals global-packages --list | sed 's/^[^:]*: *//')
cat > "$work/app/nuget.config" <<XML
<configuration>
  <config><add key="globalPackagesFolder" value="$work/packages" /></config>
  <fallbackPackageFolders><add key="machine" value="$machine" /></fallbackPackageFolders>
  <packageSources><add key="local" value="$work/feed" /></packageSources>
</configuration>
XML

cd "$work/app"
versions=(-p:RelayPolicyVersion=$version -p:ExtensionsVersion="$extensions")
if [ "$mode" = --jit ]; then
  dotnet build -c Release "${versions[@]}" -p:PublishAot=false -p:IsAotCompatible=true -o "$work/out" 2>&1 | tee "$work/publish.log"
else
  dotnet publish -c Release -r "$rid" "${versions[@]}" -o "$work/out" 2>&1 | tee "$work/publish.log"
fi

if grep -Eq 'warning (IL|CS|CA|NU|MSB)' <(grep -v NU1603 "$work/publish.log"); then
  echo "The publishing gave warnings." >&2
  exit 1
fi
"$work/out/Consumer"
