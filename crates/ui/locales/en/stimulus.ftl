# Material that several questions refer to, in the editor.
stimulus-title = Material shared by several questions
stimulus-hint = A drawing, a table or a case that several questions refer to. Students see it above the first question that uses it. Choose it at each question under "Refers to".
stimulus-number = Material { $number }
stimulus-up = Move material { $number } up
stimulus-down = Move material { $number } down
stimulus-remove = Delete material { $number }
stimulus-heading = Heading (may stay empty)
stimulus-text = Content
stimulus-used = Used by questions: { $questions }
stimulus-unused = No question uses it yet.
stimulus-add = Add material
stimulus-of-question = Refers to
stimulus-none = Nothing
stimulus-gone = Material that was deleted
stimulus-in-use = Material { $number } was not deleted: questions { $questions } use it. Choose "Nothing" there, then delete it again.
