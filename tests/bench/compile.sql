-- The same work as `billctl compile` on the tables of bench_gen, set-based: what a good SQL programmer
-- would write. It is an anchor for speed and an oracle for the result: rows, quantities and amounts
-- must be those of the product.
INSERT OR IGNORE INTO product (tenant_id, code, name, unit, auto_created)
SELECT t.id, d.code, d.name, d.unit, d.auto_created FROM tenant AS t
CROSS JOIN (SELECT 'work' AS code, 'Work' AS name, 'hour' AS unit, 'work' AS auto_created
            UNION ALL SELECT 'transport', 'Transport', 'km', 'transport'
            UNION ALL SELECT 'transport-time', 'Transport Time', 'hour', 'transport_time') AS d;

CREATE TEMP TABLE eligible AS
SELECT e.id AS entry_id, e.tenant_id, e.kind, e.task_id, e.project_id, e.member_id, e.job_type_id, e.work_on,
       e.raw_seconds, e.distance_metres, e.transport_seconds, e.quantity_micro, e.amount_minor, e.unit_price_micro,
       t.unit_price_micro AS task_price, coalesce(t.client_id, p.client_id) AS client_id,
       coalesce(a.product_id, b.product_id,
                (SELECT id FROM product WHERE auto_created = 'work')) AS product_id,
       CASE WHEN a.product_id IS NOT NULL THEN 'contact' WHEN b.product_id IS NOT NULL THEN 'team' ELSE 'default' END AS scope,
       m.role, c.price_list
FROM entry_open AS q
JOIN entry AS e ON e.id = q.entry_id
JOIN task AS t ON t.id = e.task_id
JOIN project AS p ON p.id = t.project_id
JOIN client AS c ON c.id = p.client_id
LEFT JOIN member AS m ON m.id = e.member_id
LEFT JOIN job_type AS j ON j.id = e.job_type_id
LEFT JOIN assignment AS a ON a.scope = 'contact' AND a.kind = 'time' AND a.tenant_id = e.tenant_id AND a.target = c.code
  AND e.kind = 'time'
LEFT JOIN team AS g ON g.id = t.team_id
LEFT JOIN assignment AS b ON b.scope = 'team' AND b.kind = 'time' AND b.tenant_id = e.tenant_id AND b.target = g.code
  AND e.kind = 'time'
WHERE e.confirmed_at IS NOT NULL AND p.internal = 0 AND t.billable = 1 AND p.status = 'billable'
  AND e.charge = 'billable' AND coalesce(j.billable, 1) = 1;

CREATE TEMP TABLE priced AS
SELECT entry_id, tenant_id, kind, client_id, project_id, task_id, member_id, job_type_id, work_on, product_id, scope,
       'hour' AS unit, (raw_seconds * 10000 + 1800) / 3600 * 100 AS quantity, raw_seconds, NULL AS metres,
       coalesce(task_price,
                (SELECT r.unit_price_micro FROM price_list_row AS r WHERE r.list = e.price_list AND r.product_id = e.product_id),
                (SELECT r.unit_price_micro FROM rate AS r WHERE (r.role = '' OR r.role = e.role)
                   AND (r.job_type_id = 0 OR r.job_type_id = e.job_type_id)
                 ORDER BY r.role = '', r.job_type_id = 0 LIMIT 1),
                (SELECT unit_price_micro FROM product WHERE id = e.product_id), 0) AS price
FROM eligible AS e WHERE kind = 'time'
UNION ALL
SELECT entry_id, tenant_id, 'mileage', client_id, project_id, task_id, member_id, job_type_id, work_on,
       (SELECT id FROM product WHERE auto_created = 'transport'), 'default', 'km', distance_metres * 1000, NULL,
       distance_metres, 5000000
FROM eligible WHERE kind = 'mileage'
UNION ALL
SELECT entry_id, tenant_id, 'travel_time', client_id, project_id, task_id, member_id, job_type_id, work_on,
       (SELECT id FROM product WHERE auto_created = 'transport_time'), 'default', 'hour',
       (transport_seconds * 10000 + 1800) / 3600 * 100, transport_seconds, NULL, 1000000000
FROM eligible WHERE kind = 'mileage' AND transport_seconds > 0
UNION ALL
SELECT entry_id, tenant_id, 'expense', client_id, project_id, task_id, member_id, job_type_id, work_on, product_id, scope,
       'pcs', 1000000, NULL, NULL, amount_minor * 10000
FROM eligible WHERE kind = 'expense'
UNION ALL
SELECT entry_id, tenant_id, 'goods', client_id, project_id, task_id, member_id, job_type_id, work_on, product_id, scope,
       'pcs', quantity_micro, NULL, NULL, 0
FROM eligible WHERE kind = 'goods';

INSERT INTO item (tenant_id, entry_id, kind, client_id, project_id, task_id, member_id, job_type_id, work_on, product_id,
                  product_scope, unit, quantity_micro, raw_seconds, billed_seconds, metres, unit_price_micro, price_source,
                  default_price, amount_minor, currency)
SELECT tenant_id, entry_id, kind, client_id, project_id, task_id, member_id, job_type_id, work_on, product_id, scope, unit,
       quantity, raw_seconds, raw_seconds, metres, price, 'none', 0, (quantity * price + 5000000000) / 10000000000, 'EUR'
FROM priced ORDER BY entry_id;
INSERT INTO item_open (item_id) SELECT id FROM item;
INSERT INTO entry_parked (entry_id, tenant_id, reason)
SELECT q.entry_id, e.tenant_id, 'unconfirmed' FROM entry_open AS q JOIN entry AS e ON e.id = q.entry_id
WHERE q.entry_id NOT IN (SELECT entry_id FROM eligible);
DELETE FROM entry_open;
