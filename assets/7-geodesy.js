/* Measures on the ellipsoid: grid coordinates (EPSG:4549), geodesic length and area. Points are [lon, lat] in degrees,
   results metres and square metres. WGS 84 and CGCS2000 differ by less than what a plan can be read to. */
window.planAtlas = window.planAtlas || {};

(function (atlas) {
  "use strict";
  const t = atlas.t;
  const A_M = 6378137;
  const F_CGCS2000 = 1 / 298.257222101;
  const F_WGS84 = 1 / 298.257223563;
  const RAD = Math.PI / 180;

  /* Krüger's series to the fourth order in n (Karney 2011, equations 7 to 14): below a millimetre in a zone. */
  const n = F_CGCS2000 / (2 - F_CGCS2000);
  const RECTIFYING_M = (A_M / (1 + n)) * (1 + n ** 2 / 4 + n ** 4 / 64);
  const ALPHA = [
    n / 2 - (2 / 3) * n ** 2 + (5 / 16) * n ** 3 + (41 / 180) * n ** 4,
    (13 / 48) * n ** 2 - (3 / 5) * n ** 3 + (557 / 1440) * n ** 4,
    (61 / 240) * n ** 3 - (103 / 140) * n ** 4,
    (49561 / 161280) * n ** 4,
  ];

  /* [easting, northing] in CGCS2000 / 3-degree Gauss-Kruger CM 120E. */
  function grid([lon, lat]) {
    const sin = Math.sin(lat * RAD);
    const away = (lon - 120) * RAD;
    const k = (2 * Math.sqrt(n)) / (1 + n);
    const t = Math.sinh(Math.atanh(sin) - k * Math.atanh(k * sin));
    const xi = Math.atan2(t, Math.cos(away));
    const eta = Math.atanh(Math.sin(away) / Math.sqrt(1 + t * t));
    const sum = (part) => ALPHA.reduce((all, alpha, i) => all + alpha * part(2 * (i + 1)), 0);
    return [
      500000 + RECTIFYING_M * (eta + sum((j) => Math.cos(j * xi) * Math.sinh(j * eta))),
      RECTIFYING_M * (xi + sum((j) => Math.sin(j * xi) * Math.cosh(j * eta))),
    ];
  }

  /* Vincenty's inverse formula; it converges for any two points of one map. */
  function distance([lon1, lat1], [lon2, lat2]) {
    const f = F_WGS84;
    const b = A_M * (1 - f);
    const reduced = (lat) => Math.atan((1 - f) * Math.tan(lat * RAD));
    const [u1, u2, apart] = [reduced(lat1), reduced(lat2), (lon2 - lon1) * RAD];
    const [s1, c1, s2, c2] = [Math.sin(u1), Math.cos(u1), Math.sin(u2), Math.cos(u2)];
    let lambda = apart;
    for (let i = 0; i < 100; i++) {
      const sin = Math.hypot(c2 * Math.sin(lambda), c1 * s2 - s1 * c2 * Math.cos(lambda));
      if (sin === 0) return 0;
      const cos = s1 * s2 + c1 * c2 * Math.cos(lambda);
      const sigma = Math.atan2(sin, cos);
      const sinAlpha = (c1 * c2 * Math.sin(lambda)) / sin;
      const cos2Alpha = 1 - sinAlpha ** 2;
      const mid = cos2Alpha ? cos - (2 * s1 * s2) / cos2Alpha : 0;
      const C = (f / 16) * cos2Alpha * (4 + f * (4 - 3 * cos2Alpha));
      const next = apart + (1 - C) * f * sinAlpha * (sigma + C * sin * (mid + C * cos * (2 * mid ** 2 - 1)));
      if (Math.abs(next - lambda) > 1e-13 && i < 99) {
        lambda = next;
        continue;
      }
      const u = (cos2Alpha * (A_M ** 2 - b ** 2)) / b ** 2;
      const A = 1 + (u / 16384) * (4096 + u * (u * (320 - 175 * u) - 768));
      const B = (u / 1024) * (256 + u * (u * (74 - 47 * u) - 128));
      const delta = B * sin * (mid + (B / 4) * (cos * (2 * mid ** 2 - 1) - (B / 6) * mid * (4 * sin ** 2 - 3) * (4 * mid ** 2 - 3)));
      return b * A * (sigma - delta);
    }
    return NaN;
  }

  const length = (points) => points.slice(1).reduce((sum, point, i) => sum + distance(points[i], point), 0);

  /* The area between an edge and the equator is exact for parallels of latitude (authalic function); edges are cut into
     short pieces along the great circle. The ring need not be closed. */
  const PIECES = 64;

  function area(points) {
    const e2 = F_WGS84 * (2 - F_WGS84);
    const e = Math.sqrt(e2);
    const q = (lat) => {
      const sin = Math.sin(lat * RAD);
      return (1 - e2) * (sin / (1 - e2 * sin * sin) + Math.atanh(e * sin) / e);
    };
    let sum = 0;
    points.forEach(function (from, i) {
      const way = pieces(from, points[(i + 1) % points.length]);
      for (let j = 1; j < way.length; j++) sum += ((way[j][0] - way[j - 1][0]) * RAD * (q(way[j][1]) + q(way[j - 1][1]))) / 2;
    });
    return Math.abs((sum * A_M ** 2) / 2);
  }

  function pieces(from, to) {
    const vector = ([lon, lat]) => [Math.cos(lat * RAD) * Math.cos(lon * RAD), Math.cos(lat * RAD) * Math.sin(lon * RAD), Math.sin(lat * RAD)];
    const [a, b] = [vector(from), vector(to)];
    const angle = Math.atan2(Math.hypot(a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]), a[0] * b[0] + a[1] * b[1] + a[2] * b[2]);
    if (angle < 1e-9) return [from, to];
    return Array.from({ length: PIECES + 1 }, function (_, i) {
      const [v, w] = [Math.sin((1 - i / PIECES) * angle), Math.sin((i / PIECES) * angle)];
      const [x, y, z] = a.map((part, k) => v * part + w * b[k]);
      return [Math.atan2(y, x) / RAD, Math.atan2(z, Math.hypot(x, y)) / RAD];
    });
  }

  /* In the units planners write. */
  const rounded = (value) => (value >= 100 ? Math.round(value).toLocaleString("zh-CN") : value.toFixed(value >= 10 ? 1 : 2));
  const lengthWords = (m) => (m < 1000 ? t("{n} 米", { n: Math.round(m) }) : t("{n} 公里", { n: rounded(m / 1000) }));
  const areaWords = function (m2) {
    if (m2 < 1e4) return t("{n} 平方米", { n: Math.round(m2) });
    if (m2 < 1e6) return t("{n} 公顷", { n: rounded(m2 / 1e4) });
    return t("{n} 平方公里（{ha} 公顷）", { n: rounded(m2 / 1e6), ha: Math.round(m2 / 1e4).toLocaleString("zh-CN") });
  };

  atlas.geodesy = { grid, distance, length, area, lengthWords, areaWords };
})(window.planAtlas);
