-- What is kept of the launch, should it be refused: header and claims without the person's name, e-mail address and number of a student.
ALTER TABLE parked_launches ADD COLUMN evidence TEXT;
