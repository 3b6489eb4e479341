DROP TABLE media_uploads;
DROP TABLE media_pieces;
DROP TABLE media;
