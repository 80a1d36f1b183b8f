-- The same work as `billctl generate --all-periods` on what compile made of bench_gen's tables, with
-- the grouping of its config (project-task, employee-jobtype), set-based. Anchor and oracle.
CREATE TEMP TABLE keyed AS
SELECT i.id AS item_id, dense_rank() OVER (ORDER BY i.client_id, i.currency) AS invoice_key,
       dense_rank() OVER (ORDER BY i.client_id, i.currency, i.project_id, i.task_id, i.kind,
                          CASE WHEN i.kind = 'expense' THEN i.id WHEN i.kind = 'time' THEN i.member_id ELSE 0 END,
                          CASE WHEN i.kind = 'time' THEN i.job_type_id ELSE 0 END,
                          CASE WHEN i.kind = 'goods' THEN i.product_id ELSE 0 END,
                          i.unit, i.unit_price_micro) AS line_key,
       i.tenant_id, i.client_id, i.currency, i.kind, i.project_id, i.task_id, i.unit, i.unit_price_micro, i.work_on,
       i.billed_seconds, i.metres, i.quantity_micro, i.amount_minor
FROM item_open AS q JOIN item AS i ON i.id = q.item_id;

CREATE TEMP TABLE lined AS
SELECT invoice_key, line_key, min(kind) AS kind, min(project_id) AS project_id, min(task_id) AS task_id, min(unit) AS unit,
       min(unit_price_micro) AS price, min(work_on) AS first_on, max(work_on) AS last_on,
       CASE WHEN min(kind) IN ('time', 'travel_time') THEN (sum(billed_seconds) * 10000 + 1800) / 3600 * 100
            WHEN min(kind) = 'mileage' THEN sum(metres) * 1000 ELSE sum(quantity_micro) END AS quantity
FROM keyed GROUP BY invoice_key, line_key;

INSERT INTO invoice (id, tenant_id, draft_number, client_id, bill_to_id, currency, period_first_on, period_last_on, rounding,
                     rounding_mode, quantity_decimals, created_at)
SELECT invoice_key, min(tenant_id), printf('DRAFT%05d', invoice_key), min(client_id), min(client_id), min(currency),
       min(work_on), max(work_on), 'half-away', 'line', 4, 0
FROM keyed GROUP BY invoice_key;
INSERT INTO line (invoice_id, line, position, kind, description, quantity_micro, unit, unit_price_micro, amount_minor, tax,
                  project_id, task_id, first_on, last_on)
SELECT invoice_key, line_key, line_key, kind, kind, quantity, unit, price, (quantity * price + 5000000000) / 10000000000, 'vat',
       project_id, task_id, first_on, last_on
FROM lined ORDER BY invoice_key, line_key;
INSERT INTO placed (invoice_id, line, item_id, share_minor)
SELECT invoice_key, line_key, item_id, amount_minor FROM keyed ORDER BY invoice_key, line_key, item_id;
INSERT INTO item_placed (item_id, invoice_id) SELECT item_id, invoice_key FROM keyed ORDER BY item_id;
INSERT INTO tax_row (invoice_id, position, tax, category, rate_micro, base_minor, amount_minor)
SELECT invoice_id, 1, 'vat', 'S', 25500000, sum(amount_minor), (sum(amount_minor) * 255 + 500) / 1000 FROM line GROUP BY invoice_id;
UPDATE invoice SET lines_minor = s.lines, excl_tax_minor = s.lines, starting_minor = s.lines
FROM (SELECT invoice_id, sum(amount_minor) AS lines FROM line GROUP BY invoice_id) AS s WHERE s.invoice_id = invoice.id;
DELETE FROM item_open;
