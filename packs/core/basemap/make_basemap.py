#!/usr/bin/env python3
"""Makes the maps under everything of the packs core and minusma from a folder of Natural Earth files.

    make_basemap.py SOURCE [PACKS]

SOURCE is the folder basemap-sahel; PACKS the folder of packs to write to (this file's by default). ATTRIBUTION.md
says what is what. The same source gives the same bytes. Only the Python standard library is needed.
"""

import gzip
import io
import json
import sys
from collections import defaultdict
from pathlib import Path

# Natural Earth has no two-letter code for these.
CODES = {"FRA": "FR", "NOR": "NO", "KOS": "XK"}
# Lines around these are drawn as disputed, whatever the file calls them.
DISPUTED = {"SAH", "KOS", "CYN", "SOL", "KAS", "PSX"}
PLACE_CLASSES = {"Admin-0 capital": 1, "Admin-0 capital alt": 1, "Admin-1 capital": 2, "Admin-0 region capital": 2}
NO_PLACES = {"Scientific station", "Historic place"}


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    source = Path(sys.argv[1])
    packs = Path(sys.argv[2]) if len(sys.argv) == 3 else Path(__file__).resolve().parent.parent.parent
    world, sahel = packs / "core/basemap", packs / "minusma/basemap"
    countries = features(source / "ne_50m_world_countries.geojson")
    codes = {f["properties"]["adm0_a3"]: code(f["properties"]) for f in countries}
    write(world / "countries.geojson.gz", [country(f) for f in countries])
    write(world / "boundaries.geojson.gz", list(shared_lines(countries)))
    write(world / "places.geojson.gz", places(source / "ne_50m_world_populated_places.geojson", codes, fine=False))
    write(sahel / "countries.geojson.gz", [country(f) for f in features(source / "ne_10m_countries.geojson")])
    write(sahel / "boundaries.geojson.gz", [boundary(f) for f in features(source / "ne_10m_boundary_lines_land.geojson")])
    write(sahel / "regions.geojson.gz", [region(f, codes) for f in features(source / "ne_10m_admin1_lines.geojson")])
    write(sahel / "rivers.geojson.gz", [river(f) for f in features(source / "ne_10m_rivers.geojson")])
    write(sahel / "lakes.geojson.gz", [lake(f) for f in features(source / "ne_10m_lakes.geojson")])
    write(sahel / "places.geojson.gz", places(source / "ne_10m_populated_places.geojson", codes, fine=True))


def features(path):
    return json.loads(path.read_text(encoding="utf-8"))["features"]


def code(properties):
    known = properties.get("iso_a2")
    return known if known and known != "-99" else CODES.get(properties["adm0_a3"])


def made(geometry, **properties):
    kept = {name: value for name, value in properties.items() if value not in (None, "")}
    return {"type": "Feature", "properties": kept, "geometry": geometry}


def country(feature):
    p = feature["properties"]
    french = p.get("name_fr") if p.get("name_fr") != p["name_long"] else None
    return made(feature["geometry"], iso=code(p), name=p["name_long"], name_fr=french, zoom=label_zoom(p))


def label_zoom(properties):
    """From which zoom on a country is named."""
    return {1: 1, 2: 2, 3: 3, 4: 3, 5: 4, 6: 4}.get(int(properties["labelrank"]), 5)


def boundary(feature):
    p = feature["properties"]
    firm = p["featurecla"].startswith("International boundary") and "Western Sahara" not in (p["adm0_left"], p["adm0_right"])
    return made(feature["geometry"], level=0, disputed=not firm)


def region(feature, codes):
    p = feature["properties"]
    return made(feature["geometry"], level=1, disputed=False, iso=codes.get(p["adm0_a3"]))


def river(feature):
    p = feature["properties"]
    rank = int(p["scalerank"])
    return made(feature["geometry"], name=p["name"], rank=rank, zoom={2: 3, 3: 4, 4: 5, 5: 5}.get(rank, 6))


def lake(feature):
    p = feature["properties"]
    return made(feature["geometry"], name=p["name"], zoom=max(3, int(p["min_zoom"])))


def places(path, codes, fine):
    made_places = []
    for feature in features(path):
        p = feature["properties"]
        if p["featurecla"] in NO_PLACES:
            continue
        kind = PLACE_CLASSES.get(p["featurecla"], 3)
        rank = int(p["scalerank"])
        zoom = {1: 3 if rank < 3 else 4, 2: 4 if rank < 3 else 5}.get(kind, 5 if rank < 4 else 6)
        other = p.get("namealt")
        name = other if other and fold(other) == fold(p["name"]) else p["name"]
        made_places.append(made(feature["geometry"], name=name, iso=codes.get(p["adm0_a3"]), **{"class": kind}, zoom=zoom + (1 if fine else 0)))
    return made_places


def fold(text):
    import unicodedata
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)).lower()


def shared_lines(countries):
    """The edges that two countries have in common, joined to lines."""
    owners = defaultdict(set)
    for feature in countries:
        for ring in rings(feature["geometry"]):
            for a, b in zip(ring, ring[1:]):
                owners[frozenset((tuple(a), tuple(b)))].add(feature["properties"]["adm0_a3"])
    pairs = defaultdict(list)
    for edge, names in owners.items():
        if len(names) == 2 and len(edge) == 2:
            pairs[tuple(sorted(names))].append(tuple(sorted(edge)))
    for names, edges in sorted(pairs.items()):
        for line in joined(sorted(edges)):
            geometry = {"type": "LineString", "coordinates": [list(at) for at in line]}
            yield made(geometry, level=0, disputed=not DISPUTED.isdisjoint(names))


def rings(geometry):
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return (ring for polygon in polygons for ring in polygon)


def joined(edges):
    """Lines from edges that touch, as long as the way is plain."""
    near = defaultdict(set)
    for a, b in edges:
        near[a].add(b)
        near[b].add(a)
    ends = sorted(at for at in near if len(near[at]) != 2) + sorted(near)
    for start in ends:
        while near[start]:
            line = [start]
            while near[line[-1]]:
                after = min(near[line[-1]])
                near[line[-1]].discard(after)
                near[after].discard(line[-1])
                line.append(after)
            yield line


def write(path, made_features):
    lines = ",\n".join(json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in made_features)
    text = '{"type":"FeatureCollection","features":[\n' + lines + "\n]}\n"
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=buffer, mtime=0) as packed:
        packed.write(text.encode("utf-8"))
    path.write_bytes(buffer.getvalue())
    print(f"{path.name}: {len(made_features)} features, {len(buffer.getvalue())} bytes")


if __name__ == "__main__":
    main()
