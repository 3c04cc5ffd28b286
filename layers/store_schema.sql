-- Tables beside the three feature layers of the GeoPackage. Each is registered in gpkg_contents as "attributes", so
-- that QGIS shows it; JSON columns hold lists. Offsets are code points of the plan's text, half-open.
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE plans (
  id TEXT PRIMARY KEY, ord INTEGER NOT NULL, title TEXT NOT NULL, short_title TEXT NOT NULL, district TEXT NOT NULL,
  adcode TEXT NOT NULL, level TEXT NOT NULL, issuer TEXT, document_number TEXT, published TEXT, period TEXT,
  horizon TEXT, sha256 TEXT NOT NULL, missing TEXT NOT NULL, text TEXT NOT NULL
);
CREATE TABLE passages (
  id TEXT PRIMARY KEY, plan TEXT NOT NULL, ord INTEGER NOT NULL, kind TEXT NOT NULL, start INTEGER NOT NULL,
  "end" INTEGER NOT NULL, number TEXT, title TEXT, depth INTEGER, parent TEXT, continues TEXT, path TEXT NOT NULL
);
CREATE TABLE blocks (
  plan TEXT NOT NULL, ord INTEGER NOT NULL, passage TEXT NOT NULL, kind TEXT NOT NULL, depth INTEGER NOT NULL,
  number TEXT, line INTEGER NOT NULL, start INTEGER NOT NULL, segments TEXT NOT NULL, PRIMARY KEY (plan, ord)
);
CREATE TABLE features (
  id TEXT PRIMARY KEY, ord INTEGER NOT NULL, name TEXT NOT NULL, category TEXT NOT NULL, level INTEGER NOT NULL,
  status TEXT NOT NULL, scope TEXT NOT NULL, aliases TEXT NOT NULL, part_of TEXT NOT NULL, members TEXT NOT NULL,
  plans TEXT NOT NULL, views TEXT NOT NULL, note TEXT, precision TEXT NOT NULL, accuracy_m REAL, method TEXT NOT NULL,
  basis TEXT NOT NULL, placement_note TEXT, issues TEXT NOT NULL, halo_m REAL, arrow TEXT, geometry TEXT,
  lon REAL, lat REAL, bbox TEXT, length_km REAL, area_km2 REAL, evidence_count INTEGER NOT NULL,
  project_count INTEGER NOT NULL, pinyin TEXT NOT NULL
);
CREATE TABLE mentions (
  feature TEXT NOT NULL, plan TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, line INTEGER NOT NULL,
  text TEXT NOT NULL, parts TEXT NOT NULL, passage TEXT NOT NULL, before TEXT NOT NULL, mention TEXT NOT NULL,
  after TEXT NOT NULL, by_hand INTEGER NOT NULL
);
CREATE INDEX mentions_feature ON mentions (feature);
CREATE INDEX mentions_plan ON mentions (plan, start);
CREATE TABLE projects (
  id TEXT NOT NULL, feature TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, plan TEXT NOT NULL,
  start INTEGER NOT NULL, "end" INTEGER NOT NULL, line INTEGER NOT NULL, text TEXT NOT NULL, parts TEXT NOT NULL,
  passage TEXT NOT NULL, before TEXT NOT NULL, mention TEXT NOT NULL, after TEXT NOT NULL, quantities TEXT NOT NULL,
  stage TEXT NOT NULL, stage_words TEXT, dates TEXT NOT NULL, start_year INTEGER, finish_year INTEGER, note TEXT
);
CREATE INDEX projects_feature ON projects (feature);
CREATE TABLE structures (
  feature TEXT PRIMARY KEY, counts TEXT NOT NULL, verdict TEXT NOT NULL, conflict TEXT, places TEXT NOT NULL,
  principles TEXT NOT NULL
);
CREATE TABLE base (name TEXT PRIMARY KEY, geojson TEXT NOT NULL);
CREATE VIRTUAL TABLE search USING fts5 (kind UNINDEXED, ref UNINDEXED, plan UNINDEXED, text, tokenize = 'trigram');
