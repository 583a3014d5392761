#!/usr/bin/env python3
"""Makes the data extracts of this pack from a folder of open data sets, and says what it wrote.

    make_extracts.py SOURCE [PACK]

SOURCE holds the folders ucdp-ged, peacekeeping, airfields, health-facilities and mali-admin; PACK is the pack
to write to (the one this file lies in by default). ATTRIBUTION.md says where each data set comes from. The same
source gives the same bytes. Only the Python standard library is needed.
"""

import csv
import gzip
import io
import json
import sys
from pathlib import Path

METRES_PER_FOOT = 0.3048
UCDP = "ucdp-ged/ged211_west_africa_where_prec_1_2.csv"
FATALITIES = "peacekeeping/un_mission_fatalities_1948_2022.csv"
SETTLEMENTS = "mali-admin/mli_populated_places_cod.csv.gz"


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    source = Path(sys.argv[1])
    pack = Path(sys.argv[2]) if len(sys.argv) == 3 else Path(__file__).resolve().parent.parent
    demo, places = pack / "demo", pack / "places"
    subset(source / UCDP, demo / "ucdp-mali-1990-2019.csv", "country", "Mali")
    subset(source / FATALITIES, demo / "un-fatalities-minusma-2013-2022.csv", "mission_acronym", "MINUSMA")
    subset(source / "health-facilities/who_kemri_sahel.csv", demo / "who-health-sites-mali.csv", "iso3c", "MLI")
    airfields(source / "airfields", demo / "ourairports-mali.csv")
    for level in (1, 2, 3):
        areas(source / f"mali-admin/mli_adm{level}.geojson", places / f"adm{level}.geojson", level)
    settlements(source / SETTLEMENTS, places / "settlements.csv.gz")


def rows_of(path):
    opened = gzip.open(path, "rt", encoding="utf-8", newline="") if path.suffix == ".gz" else open(path, encoding="utf-8", newline="")
    with opened as file:
        reader = csv.DictReader(file)
        return reader.fieldnames, list(reader)


def as_csv(columns, rows):
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")


def put(path, content, count):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    print(f"{path.name}: {count} rows, {len(content)} bytes")


def subset(path, target, column, wanted):
    columns, rows = rows_of(path)
    kept = [row for row in rows if row[column] == wanted]
    put(target, as_csv(columns, kept), len(kept))


def airfields(folder, target):
    """Airports of Mali as published, and the longest runway that is not closed, in metres."""
    columns, airports = rows_of(folder / "airports.csv")
    _, runways = rows_of(folder / "runways.csv")
    added = ["runway_length_m", "runway_width_m", "runway_surface", "runway_lighted"]
    kept = [row for row in airports if row["iso_country"] == "ML"]
    for airport in kept:
        own = [r for r in runways if r["airport_ref"] == airport["id"] and r["closed"] == "0" and r["length_ft"]]
        if own:
            longest = max(own, key=lambda runway: float(runway["length_ft"]))
            values = [metres(longest["length_ft"]), metres(longest["width_ft"]), longest["surface"], longest["lighted"]]
            airport.update(zip(added, values))
    put(target, as_csv(columns + added, kept), len(kept))


def metres(feet):
    return str(round(float(feet) * METRES_PER_FOOT)) if feet else ""


def areas(path, target, level):
    """Areas with code, name and parent; coordinates to 5 decimals (about a metre), nothing else changed."""
    collection = json.loads(path.read_text(encoding="utf-8"))
    lines = [json.dumps(area(feature, level), ensure_ascii=False, separators=(",", ":")) for feature in collection["features"]]
    lines.sort()
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    put(target, text.encode("utf-8"), len(lines))


def area(feature, level):
    known = feature["properties"]
    names = [f"admin{level}Pcode", f"admin{level}Name", f"admin{level - 1}Pcode", "validOn"]
    geometry = feature["geometry"]
    rounded = {"type": geometry["type"], "coordinates": round_all(geometry["coordinates"])}
    return {"type": "Feature", "properties": {name: known[name] for name in names}, "geometry": rounded}


def round_all(part):
    if isinstance(part, list):
        return [round_all(inner) for inner in part]
    return int(part) if part == int(part) else round(part, 5)


def settlements(path, target):
    """Settlements with class and commune; coordinates to 5 decimals."""
    columns = ["pcode", "name", "place_class", "admin3Pcode", "longitude", "latitude"]
    _, rows = rows_of(path)
    for row in rows:
        for axis in ("longitude", "latitude"):
            row[axis] = f"{float(row[axis]):.5f}".rstrip("0").rstrip(".")
    rows.sort(key=lambda row: row["pcode"])
    packed = gzip.compress(as_csv(columns, rows), compresslevel=9, mtime=0)
    put(target, packed, len(rows))


if __name__ == "__main__":
    main()
