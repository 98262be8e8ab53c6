-- A city without plans has none that search could miss; others are filled in the background (foundation/search).
INSERT INTO search_state (name, value) SELECT 'filled plan', -1 WHERE NOT EXISTS (SELECT 1 FROM plan);
INSERT INTO search_state (name, value) SELECT 'filled plan_item', -1 WHERE NOT EXISTS (SELECT 1 FROM plan);
