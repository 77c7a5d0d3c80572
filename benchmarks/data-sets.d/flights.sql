SELECT count(*),
       100.0 * count(*) FILTER (WHERE dep_delay IS NULL) / count(*),
       count(tailnum) - count(DISTINCT tailnum),
       count(*) FILTER (WHERE NOT hour BETWEEN 0 AND 23),
       count(*) FILTER (WHERE origin NOT IN ('EWR', 'JFK', 'LGA')),
       avg(arr_delay),
       stddev(arr_delay),
       max(distance)
FROM {object}
