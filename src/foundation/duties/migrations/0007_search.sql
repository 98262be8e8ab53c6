-- A city without duties has none that search could miss; another one is filled in the background (foundation/search).
INSERT INTO search_state (name, value) SELECT 'filled duty', -1 WHERE NOT EXISTS (SELECT 1 FROM duty);
