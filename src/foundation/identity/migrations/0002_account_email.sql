-- Where an account is written to; none: nowhere. Personal data: it stands here and in no event.
ALTER TABLE account ADD COLUMN email $TEXT;
