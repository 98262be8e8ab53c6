-- The newest grade of an item by a moment, also among those that were superseded since.
CREATE INDEX tracking_grade_item ON tracking_grade (item_id, period_on);
