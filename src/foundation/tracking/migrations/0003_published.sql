-- What everybody may read: items that are open and have an approved plan. Open data walks them by id, a district's page by district.
CREATE INDEX tracking_item_published ON tracking_item (kind, id) WHERE confidentiality = 'open' AND baseline_number > 0;
CREATE INDEX tracking_item_published_district ON tracking_item (kind, district, id) WHERE confidentiality = 'open' AND baseline_number > 0;
