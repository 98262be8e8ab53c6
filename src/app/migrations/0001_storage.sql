-- What the data took on a day: parts of the data folder and tables of the database.
CREATE TABLE storage_measure (
  day $DATE NOT NULL,
  kind $TEXT NOT NULL,
  name $TEXT NOT NULL,
  bytes $INT NOT NULL,
  row_count $INT NOT NULL,
  PRIMARY KEY (day, kind, name)
);
CREATE INDEX storage_of_name ON storage_measure (kind, name, day);
