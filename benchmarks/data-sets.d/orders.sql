SELECT count(*),
       100.0 * count(*) FILTER (WHERE discount IS NULL) / count(*),
       count(id) - count(DISTINCT id),
       count(*) FILTER (WHERE NOT price BETWEEN 0 AND 1000),
       count(*) FILTER (WHERE country NOT IN ('AT', 'BE', 'CZ', 'DE', 'DK', 'ES', 'FI', 'FR', 'IE', 'IT')),
       avg(price),
       stddev(price),
       max(quantity)
FROM {object}
