/** Kinds of things around learning and testing. */
import type { KindSource } from './kind.ts'

export const LEARNING: Readonly<Record<string, KindSource>> = {
  course: {
    words:
      'course, online course, training course, class course, course information, course content, curriculum, learning course, study program, training program, workshop course, subject, ?training, micro-course',
    icon: 'graduation-cap',
    family: 'catalogue',
    made: 'staff',
    about: 'What can be learned, with whom and for how much.',
    fields: `
      title! text = Watercolour basics | Spanish for travel | Bookkeeping in ten evenings | Photography at night | Web pages from nothing | First aid | Public speaking | Bread at home | Statistics without fear | Guitar, first chords | Sewing a shirt | Project planning
      image image
      teacher ref teacher, expert else person
      category ref category else topic
      level! choice beginner | intermediate | advanced
      lessons! integer 4..24
      price money 0..240
      startsOn date "Starts" -20..40
      places integer 8..30
      status! flow draft > open > running > finished
      description longText = Small groups, much practice. | One evening a week, with homework you will like. | No earlier knowledge needed. | Ends with something of your own.
    `,
  },
  lesson: {
    words:
      'lesson, chapter, lecture, module lesson, unit of study, learning content, course chapter, course video, learning unit, slide deck, courseware',
    icon: 'presentation',
    family: 'content',
    made: 'staff',
    about: 'The steps of a course.',
    fields: `
      title! text = Where we begin | Tools and materials | The first exercise | Common mistakes | Going deeper | A worked example | Practice, practice | Questions and answers | Putting it together | Looking back
      course ref course
      number integer 1..12
      minutes! integer "Length" [min] 15..90
      status! choice draft | published
      content longText = Read the two pages, then try it once without help. | Watch, copy, change one thing. | Work in pairs and explain it to each other.
      link url "Recording"
    `,
  },
  assignment: {
    words:
      'assignment, homework, exercise, coursework, homework submission, practice, practice question, task for students, job assignment, lab exercise, wrong question',
    icon: 'notebook-pen',
    family: 'work',
    made: 'staff',
    about: 'What is to be handed in, and how it went.',
    fields: `
      title! text = Essay: a place I know | Worksheet 4 | Sketch of a chair | Reading, pages 40 to 62 | Measure your room | Interview somebody older | Ten equations | Short film, one minute | Lab report | Vocabulary, unit 3
      course ref course, lesson, classSession else subject
      student ref student, member else person
      status! flow open > submitted > graded / late
      dueOn! date "Due" -12..12
      points integer 4..20
      feedback longText = Clear, with good examples. | Check the last step again. | Better than the one before.
    `,
  },
  exam: {
    words:
      'exam, ?test, quiz, examination, online exam, mock exam, assessment, test paper, personality test, exam information, psychological test, mental health test, evaluation, online test, exam paper, competition test, english test',
    icon: 'clipboard-check',
    family: 'catalogue',
    made: 'staff',
    about: 'Tests, when they take place and how long they last.',
    fields: `
      title! text = Mid-term, mathematics | Placement test | Theory, part 1 | Vocabulary check | Final project review | Safety test | Listening, level B1 | History, open book
      course ref course else subject
      startsAt! dateTime "When" -20..20
      duration! integer [min] 20..120
      questions integer "Questions" 10..50
      passMark integer "Pass mark" [%] 50..70
      status! flow draft > scheduled > running > finished
    `,
  },
  question: {
    words:
      'question, quiz question, test question, question bank, exam question, answer question, questionnaire question, faq, q&a, question and answer, multiple-choice question, trivia',
    icon: 'circle-question-mark',
    family: 'talk',
    made: 'member',
    about: 'Questions and their answers.',
    fields: `
      question! text = What is due on Friday? | How do I change my booking? | Which plants need no sun? | Can two people share one account? | What does the warranty cover? | When is the office open? | How long does delivery take? | Which tram goes to the hall?
      topic ref category, course, exam, survey else topic
      answer longText = On the page "Orders", with the button at the top right. | Three to five working days. | Yes, up to four. | Ask at the desk; we will find a way.
      askedBy text "Asked by" = @person
      status! flow open > answered > published
      askedOn! date "Asked" -30..0
    `,
  },
  grade: {
    words:
      'grade, exam result, score sheet, test result, grade record, academic record, transcript, exam score, performance appraisal, performance review, performance evaluation, student grade',
    icon: 'award',
    family: 'log',
    made: 'staff',
    about: 'Who reached what.',
    fields: `
      title! text "For" = Mid-term | Oral exam | Project | Essay | Final exam | Presentation | Lab report | Class test 2 | Class test 3 | Practical part
      student! ref student, member, employee, player else person
      course ref course, exam, assignment else subject
      points! integer [%] 48..100
      gradedOn! date "Graded" -60..0
      teacher ref teacher else person "By"
      remark longText = Steady work. | Strong finish. | Knows more than the paper shows.
    `,
  },
  schoolClass: {
    words: 'school class, class group, study group, student group, grade level',
    icon: 'school',
    family: 'group',
    made: 'staff',
    about: 'Who learns together.',
    fields: `
      name!* text = 1a | 1b | 2a | 3c | 4a | 5b | Evening group | Saturday group
      teacher ref teacher else person
      room text = 1.04 | 1.12 | 2.01 | 2.09 | Lab
      students integer 12..28
      year integer "School year" 2024..2025
    `,
  },
  certificate: {
    words: 'certificate, diploma, qualification, credential, certification, badge of honor',
    icon: 'badge-check',
    family: 'log',
    made: 'staff',
    about: 'What was earned, by whom, and until when it holds.',
    fields: `
      number!* text = @code(CERT-0218)
      holder! ref student, member, employee, @client else person
      subject! text = First aid | Forklift | Food hygiene | German B2 | Fire warden | Data protection | Rescue swimming | Bookkeeping
      issuedOn! date "Issued" -600..-5
      validUntil date "Valid until" after issuedOn 365..1095
    `,
  },
  word: {
    words:
      'vocabulary, vocabulary word, flashcard, word card, dictionary entry, ?term, glossary entry, chinese character, phrase, sentence to learn, ?word, english word',
    icon: 'languages',
    family: 'content',
    made: 'own',
    about: 'Words to learn, with what they mean.',
    fields: `
      word! text = ferry | to lend | drawer | harvest | narrow | to remind | kettle | shade | thread | to borrow | ladder | dusk
      meaning! text = a boat that crosses | to give for a while | a box in a table | what the field gives | not wide | to make remember | for hot water | out of the sun | for sewing | to take for a while | to climb on | just after sunset
      example longText = We missed the last one. | Could you, until Monday? | In the top one, on the left.
      level! choice new | learning | known
      repeatedOn date "Repeated" -20..0
      correct integer "Times right" 0..14
    `,
  },
  research: {
    words:
      'experiment, clinical trial, research study, trial, laboratory test, a/b test, sample analysis, research topic, scientific research project, research achievement',
    icon: 'flask-conical',
    family: 'work',
    made: 'staff',
    about: 'What is being found out, and how far it is.',
    fields: `
      title! text = Sleep and screen light | Soil samples, north slope | Button colour, variant B | Memory after exercise | Yield under shade nets | Noise on ward 3 | Two doses, six weeks | Reading on paper and glass
      lead ref employee, doctor, expert, teacher else person
      phase! flow "Phase" planned > recruiting > running > analysis > published / stopped
      status! choice onTrack | late | paused
      startedOn! date "Started" -240..20
      participants integer 8..240
      question longText = Does it hold outside the laboratory? | What changes after the third week? | Is the effect the same for everyone?
    `,
  },
}
