-- How many different areas the planner knows of. Where a town has more grids than the default statistics keep,
-- it takes one that they left out for thousands of cases, and reads the whole table for a search within a few
-- dozen of them.
-- serves: 13
-- only: postgres
ALTER TABLE case_file ALTER COLUMN area_path SET STATISTICS 1000;
-- both
