### What Casque says, in English. Keys: help-* the help of the command line, cli-* what commands
### say, finding-* what is wrong and (.fix) how to mend it; findings carry a stable code.
### French (fr.ftl) has the same keys, attributes and values: `cargo xtask tidy` checks it.

## The command line

help = Situation, planning and reporting for peace operations, on one's own machine
    .after =
        Exit codes: 0 done, 1 the data or what was given is wrong, 2 wrong command line,
        3 refused or not there, 4 unavailable (disk, lock, folder), 70 a fault of the program.
        Environment: CASQUE_DATA, CASQUE_USER, CASQUE_LANG, CASQUE_LOG, NO_COLOR. Flags come first.
        Data goes to stdout, everything else to stderr.
help-heading-usage = Usage:
help-heading-commands = Commands
help-heading-arguments = Arguments
help-heading-options = Options
help-heading-globals = Options of every command
help-value-command = COMMAND
help-choices = { " " }[one of: { $choices }]
help-default = { " " }[default: { $default }]

help-init = Make a node: a folder with a mission pack and its first administrator, `admin`
help-pack = Check, compare and show mission packs; change a node to another one
help-pack-check = Say everything that is wrong with a pack, with place, cause and fix
help-pack-diff = Say what changed from one pack to another
help-pack-show = Show what a pack holds: registers, code lists, roles, mappings, mandates
help-pack-use = Change the node to a pack or a newer version of it
help-register = List the registers of a pack, make one of your own form (XLSForm), check forms, write forms for phones
help-register-list = List the registers of a pack: what each holds, and what it is evidence for
help-register-import = Make a register of a form, or a new version of one made before; usable at once
help-register-check = Say everything that is wrong with a form, with sheet, row, cause and fix; needs no node
help-register-xform = Write the form of a register as an XForm, for ODK Collect and its like
help-mandate = Show and compare Security Council mandates
help-mandate-list = List the mandates of a pack
help-mandate-show = Show a mandate: its tasks, cross-cutting issues and ceilings
help-mandate-coverage = Say which registers are evidence for each task, and which task has none
help-mandate-diff = Say which tasks and ceilings changed from one mandate to another
help-import = Import a file (CSV, CSV.gz, XLSX, GeoJSON) into a register, or look after imports
    .after =
        Without --yes the import is previewed: on a terminal it then asks, elsewhere it writes nothing.
        A row's key makes its record, so a newer release of the same data updates and never doubles.
        Refused rows go to a file with their reasons; the rest is imported. The exit code is 1 only
        where rows were refused and not one was good.
help-import-list = List the imports so far
help-import-undo = Take an import back; what people changed since stays
help-export = Write every record of a register that you may take out
help-query = Find records, count them, or sum them by area, month or field
    .after =
        A filter is CQL2, as text or as JSON:
          "deaths_best >= 10 AND occurred_at >= DATE('2018-01-01')"
          "S_INTERSECTS(place, BBOX(-5, 13, 0, 17)) AND type IN ('VC-KILL', 'VC-MASS')"
        A `!` behind an id says that values of the record conflict: see `casque show`.
help-show = Show a record: its values, conflicts, comments, and where it comes from
help-history = Show every step of a record: who did what, when and why
help-alike = List the records that look like one, with how much and why
help-merge = Merge a record into another that is kept; both histories stay, and it can be taken back
help-unmerge = Take back that a record was merged into another
help-distinct = Say that two records are two, so that they are no look-alikes any more
help-create = Make a record
help-edit = Change fields of a record; an empty value clears its field
help-settle = Settle a conflict of a field for good
help-serve = Serve the node to people and programs, until it is told to end
help-transition = Move a record along its workflow; `casque show --json` lists the transitions that lead on
help-restore = Bring a deleted record back
help-comment = Say something about a record
help-delete = Delete a record; its history stays
help-journal = Verify, show and export the journal
help-journal-verify = Check every hash, link and signature, and name the first bad entry of each log
help-journal-show = Show entries in the order they arrived
help-journal-export = Write each log of the journal to a file that anybody can verify
help-rebuild = Make everything derived anew from the journal, and say whether it was right
help-clock = Tell how long records take from one state to another
help-overdue = List records that stand in a state longer than its deadline allows
help-exercise = Load the exercise of the pack up to a day, or tell what was played by then
help-exercise-load = Bring what happened in the exercise up to the end of a day; again with a later day to go on
help-exercise-show = Tell the injects up to the loaded day, each with what a mission that handles it well does
help-exercise-ledger = Print the truth about each row of the background up to the loaded day, and what the node makes of it
help-user = Manage the users of the node
help-user-add = Add a user
help-user-list = List the users
help-user-change = Change what a user may do, or shut them out
help-user-password = Give a user a new password
help-user-totp-reset = Take a user’s one-time codes away, where their telephone is lost
help-token = Manage the tokens that programs use in place of the acting user
help-token-create = Make a token; its secret is printed this once
help-token-list = List the tokens of the acting user
help-token-revoke = End a token at once
help-phone = Manage the keys with which phones send in forms in the name of the acting user
help-phone-invite = Make a key for a phone; its address and the code to scan are printed this once
help-phone-list = List the keys of the acting user’s phones
help-phone-revoke = End the key of a phone at once
help-phone-refused = List what phones sent and somebody has to look at; show, retry or dismiss one of it
help-doctor = Look at everything of a node, and say what is wrong and what mends it

help-arg-data = Folder of the node; otherwise CASQUE_DATA, then casque-data
help-arg-user = Acting user; otherwise CASQUE_USER, then the only administrator
help-arg-json = Print one JSON document instead of text; errors too
help-arg-lang = Language of the words; otherwise CASQUE_LANG, then that of the system
help-arg-progress = How progress is shown: on a terminal, as plain lines, or not at all
help-arg-help = Print this help
help-arg-header-seconds = How long a client may take for the header of a request
help-arg-host = Further name under which the node is reached; may be given several times
help-arg-version = Print the version
help-arg-pack = Folder of the mission pack; packs it extends lie beside it
help-arg-admin-password-file = File whose one line is the password of `admin`; otherwise it is asked for, or made and printed once
help-arg-pack-folder = Folder of the pack
help-arg-pack-before = Folder of the earlier pack; of the later one where it stands alone
help-arg-pack-after = Folder of the later pack; without it the earlier is the pack of the node, and what becomes of its records is told
help-arg-pack-source = Folder of a pack; otherwise the pack of the node
help-arg-form-file = XLSForm: a workbook, or a folder with survey.csv, choices.csv and settings.csv
help-arg-register-name = What the register is called; otherwise as the id of the form
help-arg-xform = Write the form as an XForm
help-arg-mandate = Number of the resolution (2364), with its year (2364-2017) where several have it
help-arg-mandate-before = Number of the earlier resolution
help-arg-mandate-after = Number of the later resolution
help-arg-import-file = The file
help-arg-kept = Id of the record that is kept
help-arg-merged = Id of the record that is merged into it
help-arg-take-fields = Fields of which the merged record’s value is taken over, with commas between
help-arg-other = Id of the other record
help-arg-unsay = Take it back
help-arg-register = Register
help-arg-mapping = Mapping that reads the rows; `generic` reads columns named like fields
help-arg-sheet = Sheet of a workbook; otherwise the first
help-arg-set = Where a row says nothing, this stands in the field; may come several times
help-arg-rows-per-commit = Rows that are written together, or not at all
help-arg-leave-out-alike = Leave out new rows that look like a record or an earlier row; they are kept in the file of refused rows
help-arg-import-yes = Import without a preview and without asking
help-arg-dry-run = Preview only
help-arg-batch = Id of the import, as `casque import list` shows it
help-arg-format = Format
help-arg-output = File to write, whole or not at all; otherwise stdout
help-arg-filter = Only records that fulfil this CQL2 filter
help-arg-search = Only records whose text holds these words
help-arg-limit = At most so many records or groups
help-arg-listen = Address and port to listen on; port 0 takes a free one
help-arg-offset = Leave out so many first
help-arg-order = Which records come first
help-arg-open = Open the browser where there is a screen
help-arg-count = Print only how many there are
help-arg-sum = Whole-number fields to sum, with commas between
help-arg-by = Fields to group by, or `month`, with commas between
help-arg-clock-from = State in which the clock starts
help-arg-clock-to = State in which it stops
help-arg-mine = Only what you may move on, or what is escalated to a role of yours
help-arg-exercise-until = The day, as `16`, `"Day 16"` or its date
help-arg-record = Id of the record
help-arg-values = Values of fields; places as "latitude longitude" or WKT
help-arg-reason = Why; it stays in the history
help-arg-field = Field
help-arg-take = Settle with the value of this entry
help-arg-value = Settle with this value; an empty one clears the field
help-arg-text = What there is to say
help-arg-about = The field it is about
help-arg-transition = Transition of the register’s workflow
help-arg-delete-yes = Delete without asking
help-arg-after = Only entries after this number
help-arg-entries = At most so many entries
help-arg-journal-folder = Folder for the files
help-arg-user-name = Name of the user
help-arg-display = Name that people read
help-arg-password-file = File whose one line is the password; otherwise it is asked for, or made and printed once
help-arg-role = Roles, with commas between
help-arg-area = P-codes of the user's areas, with commas between; none for the whole mission
help-arg-compartment = Compartments the user is read into, with commas between
help-arg-connections = At most so many connections at once
help-arg-connections-per-address = At most so many of them from one address other than this machine
help-arg-clearance = Highest classification the user may read
help-arg-disable = Shut the user out
help-arg-enable = Let the user in again
help-arg-scope = What the token may be used for, within what the user may do; `write` is all but administering
help-arg-days = Days it lives
help-arg-token-name = What it is called; otherwise its scope
help-arg-token = Id of the token, as `casque token list` shows it
help-arg-url = Address under which phones reach the node: `https://HOST` or `http://HOST:PORT`
help-arg-phone-name = What the phone is called; otherwise the user’s name
help-arg-qr = File to draw the code into, as SVG; otherwise it is printed
help-arg-phone-key = Id of the key, as `casque phone list` shows it
help-arg-submission = Id of what was sent, as the list shows it
help-arg-retry = Try once more to make it a record, in the name of whoever sent it
help-arg-dismiss = Close it: it stays on the node and is listed no more
help-arg-submission-reason = Why; it stays with what was sent
help-arg-files = Folder to write the document and its files into
help-arg-tls-cert = Certificate and those that vouch for it, as PEM
help-arg-tls-key = Key of the certificate, as PEM
help-arg-tls-self-made = Speak TLS with a certificate that the node makes for itself and keeps

## What commands say

cli-error = error
cli-warning = warning
cli-yes = yes
cli-no = no
cli-yes-or-no = [y/N]
cli-good = good
cli-errors = { $count ->
    [one] 1 error
   *[other] { $count } errors
}
cli-warnings = { $count ->
    [one] 1 warning
   *[other] { $count } warnings
}
cli-password-new = Password for { $user }:
cli-password-again = Once more:
cli-init-done = Made a node in { $data } with the pack { $pack }; its administrator is `admin`.
cli-init-password = Password of { $user }, shown this once:

cli-pack-name = name
cli-pack-version = version
cli-pack-title = title
cli-pack-extends = extends
cli-pack-languages = languages
cli-pack-time-zone = time zone
cli-pack-countries = countries
cli-pack-hash = hash
cli-pack-registers = registers
cli-pack-roles = roles
cli-pack-compartments = compartments
cli-pack-mappings = mappings
cli-pack-mandates = mandates
cli-register-imported = The form is now register { $register }.
cli-register-changed = Register { $register } now has a new version of its form.
cli-pack-used = The node now works with { $pack }, version { $version }.

cli-mandate-resolution = resolution
cli-mandate-adopted = adopted
cli-mandate-until = until
cli-mandate-tasks = tasks
cli-mandate-title = title
cli-mandate-adopted-on = Adopted on { $adopted }
cli-mandate-until-day = Until { $until }
cli-mandate-ceiling = ceiling
cli-mandate-priority = priority
cli-mandate-tasks-heading = Tasks
cli-mandate-issues-heading = Cross-cutting issues
cli-mandate-ceilings-heading = Ceilings
cli-mandate-tasks-unknown = The tasks are not in this pack.
cli-mandate-tasks-unknown-of = The tasks of { $mandate } are not in this pack.
cli-mandate-category = category
cli-mandate-before = before
cli-mandate-after = after
cli-mandate-change = change
cli-mandate-added = Added: { $count }
cli-mandate-dropped = Dropped: { $count }
cli-mandate-changed = Changed: { $count }
cli-mandate-kept = Kept: { $count }
cli-mandate-id = task
cli-mandate-text = text
cli-mandate-registers = registers that are evidence
cli-mandate-no-register = none
cli-mandate-covered = { $covered } of { $tasks } tasks and cross-cutting issues have a register as evidence.
cli-register-name = register
cli-register-fields = fields
cli-register-states = states
cli-register-evidence = tasks
cli-register-title = title
cli-register-totals = { $registers } registers with { $fields } fields, { $lists } code lists with { $codes } codes; { $covered } of { $tasks } tasks and issues covered.

cli-work-preview = rows read
cli-work-import = rows imported
cli-work-verify = entries verified
cli-work-rebuild = entries replayed
cli-import-created = created
cli-import-updated = updated
cli-import-unchanged = unchanged
cli-import-skipped = skipped
cli-import-refused = refused
cli-import-left-out = left out
cli-import-batch = batch
cli-import-refused-file = refused rows
cli-import-times = { "    " }{ $count } times
cli-import-more-refused = { $count } more refused rows are in the file of refused rows.
cli-import-alike = New rows that look like a record or an earlier row: { $rows }; look-alikes: { $pairs }
cli-import-alike-hint = With --leave-out-alike such rows are left out and kept in the file of refused rows.
cli-import-alike-more = Less alike and not listed: { $count }
cli-import-alike-not-looked-for = Look-alikes were not told: more than { $max } rows are new, or they have too many words to compare.
cli-import-row = row
cli-import-other = looks like
cli-import-other-row = row { $row }
cli-import-nothing-written = Nothing was written. Import with --yes.
cli-import-question = Import this?
cli-batch-id = batch
cli-batch-at = at
cli-batch-importer = importer
cli-batch-register = register
cli-batch-mapping = mapping
cli-batch-rows = rows
cli-batch-file = file
cli-undo-deleted = deleted
cli-undo-restored = restored
cli-undo-kept = kept as changed since
cli-exported = { $count ->
    [one] 1 record written
   *[other] { $count } records written
}
cli-query-more = { $count } shown; there are more: --limit, --offset
cli-sum-name = name
cli-sum-count = records
cli-clock-median = median (h:min)
cli-clock-p90 = 9 of 10 (h:min)
cli-clock-count = records
cli-clock-answered = answered
cli-clock-never-answered = never answered
cli-clock-still-open = still open
cli-clock-missing-stamp = stamp missing
cli-clock-out-of-order = out of order
cli-clock-total = all
cli-alike-none = nothing looks like it
cli-alike-no-rule = this register has no rule of look-alikes
cli-alike-score = of 100
cli-alike-record = id
cli-alike-title = title
cli-alike-why = why
cli-alike-place = { $distance } apart
cli-alike-time = { $hours } h apart
cli-alike-same = same { $field }
cli-alike-words = both say: { $words }
cli-merged = merged; { $count ->
        [0] no value was taken over
        [one] one value was taken over
       *[other] { $count } values were taken over
    }
cli-unmerged = parted from { $record }; what was changed since stays
cli-distinct = they are two
cli-not-distinct = they may be one again
cli-overdue-register = register
cli-overdue-record = id
cli-overdue-title = title
cli-overdue-state = state
cli-overdue-deadline = deadline
cli-overdue-late = late (h:min)
cli-overdue-to = escalated to
cli-exercise-acts = acts done
cli-exercise-at = at
cli-exercise-day = day
cli-exercise-day-one = first day
cli-exercise-days = days
cli-exercise-drawn-flagged = background: grids that lie in no area
cli-exercise-drawn-mended = background: grids mended
cli-exercise-drawn-merged = background: second reports found and merged
cli-exercise-drawn-not-found = background: second reports not found
cli-exercise-drawn-refused = background: grids refused
cli-exercise-drawn-rows = background: rows told
cli-exercise-drawn-told-wrongly = background: look-alikes of another thing
cli-exercise-drawn-withdrawn = background: withdrawn and marked
cli-exercise-expected = what a mission that handles it well does
cli-exercise-failed = failed
cli-exercise-from = from
cli-exercise-held = checks held
cli-exercise-inject = inject
cli-exercise-name = exercise
cli-exercise-now = time in the exercise
cli-exercise-part = answered by part
cli-exercise-people = people made
cli-exercise-refused = acts refused as they must be
cli-exercise-rows-created = rows that made records
cli-exercise-rows-refused = rows refused
cli-exercise-rows-updated = rows that moved records on
cli-exercise-text = what is told
cli-exercise-title = exercise
cli-exercise-type = kind
cli-work-exercise = exercise, day
cli-show-conflicts = Conflicts, the value shown first: settle with `casque settle`
cli-show-comments = Comments
cli-show-created = created
cli-show-changed = last changed
cli-show-batch = import
cli-show-deleted = deleted
cli-show-merged-into = merged into
cli-show-merged = merged into it
cli-step-at = at
cli-step-user = user
cli-step-act = act
cli-step-field = field
cli-step-value = value
cli-step-reason = reason
cli-edited = { $count ->
    [0] Nothing changed.
    [one] 1 field changed.
   *[other] { $count } fields changed.
}
cli-settled = The conflict of { $field } is settled.
cli-serve-running = The node is served. Ctrl+C ends it.
cli-serve-open = No browser was opened. Go to { $url }
cli-moved = Record moved on.
cli-restored = Record brought back.
cli-commented = Comment added.
cli-deleted = Record deleted.
cli-delete-question = Delete record { $record }?
cli-journal-verified = { $entries ->
    [one] 1 entry
   *[other] { $entries } entries
} in { $logs ->
    [one] 1 log
   *[other] { $logs } logs
} are as they were signed.
cli-journal-more = There may be more: --after { $after }
cli-journal-exported = { $count ->
    [one] 1 entry written
   *[other] { $count } entries written
}
cli-rebuilt = { $count ->
    [one] 1 record
   *[other] { $count } records
} made anew; state { $hash }
cli-user-name = name
cli-user-display = display name
cli-user-roles = roles
cli-user-areas = areas
cli-user-compartments = compartments
cli-user-clearance = clearance
cli-user-disabled = shut out
cli-user-totp = codes
cli-user-added = User { $user } added.
cli-user-changed = User { $user } changed.
cli-user-password = { $user } has a new password.
cli-user-totp-reset = { $user } signs in without a code from now on.
cli-user-totp-none = { $user } had no codes.
cli-token-id = id
cli-token-name = name
cli-token-scope = scope
cli-token-created = made
cli-token-expires = ends
cli-token-last-used = last used
cli-token-made = Token { $token } of { $user }; its secret, shown this once:
cli-token-revoked = Token { $token } is no longer good.
cli-phone-invited = Key { $key } of { $user }. Scan the code with ODK Collect, or type the address; both are shown this once:
cli-phone-here = Without `--url` the address is that of this machine, which phones do not reach.
cli-phone-revoked = Key { $key } is no longer good. The phone keeps what it has not sent.
cli-refused-id = Id
cli-refused-received = Received
cli-refused-user = From
cli-refused-form = Form
cli-refused-state = State
cli-refused-state-refused = in no record
cli-refused-state-waiting = waits for files
cli-refused-state-partly = partly in a record
cli-refused-state-dismissed = closed
cli-refused-state-made = in a record
cli-refused-act-retried = tried again
cli-refused-act-dismissed = closed
cli-refused-findings = Findings
cli-refused-device = Phone
cli-refused-instance = Name on the phone
cli-refused-record = Record
cli-refused-closed = What is in it is for those who may read such a record with every sealed field it names.
cli-refused-made = It is in record { $record } now.
cli-refused-still = It still makes no record:
cli-refused-dismissed = It is closed. It stays on the node and is listed no more.
phone-made = Received and filed.
phone-waiting = Received; kept until the rest of the files comes (number { $submission }).
phone-kept = Kept on the node under number { $submission }, but in no record yet; somebody has to look at it.
cli-doctor-database = Database
cli-doctor-journal = Journal
cli-doctor-device-key = Device key
cli-doctor-disk = Disk
cli-doctor-clock = Clock
cli-doctor-pack = Pack
cli-doctor-pages = Pages
cli-doctor-port = Port
cli-doctor-conflicts = Conflicts
cli-doctor-certificate = Certificate
cli-doctor-folder = Folder

## What is wrong, and how to mend it

finding-address-in-use = another program listens on { $address } already
    .fix = end that program, or choose another port with --listen
finding-address-not-allowed = the system does not let you listen on { $address }
    .fix = choose a port above 1023 with --listen
finding-address-too-long = the address is longer than { $max } bytes
    .fix = ask for less at once: a shorter filter, fewer values
finding-address-wrong = { $address } cannot be listened on: { $what }
    .fix = name an address of this machine with --listen; 127.0.0.1 is always one
finding-administrators-only = only an administrator may do this, and { $name } is none
    .fix = act as an administrator with --user, or ask one
finding-answer-choice-filtered = { $code } cannot be chosen together with the other answers
    .fix = choose a code that goes with the answers this list depends on
finding-answer-code-not-valid = code { $code } may not be chosen for { $on }: it holds from “{ $from }” to “{ $to }” (empty: no end)
    .fix = choose a code that holds on that day, or correct the day
finding-answer-code-unknown = { $code } is not a code of list { $list }
    .fix = { $nearest ->
        [none] use a code of the list
       *[other] use a code of the list: { $nearest }
    }
finding-answer-computed = the form computes “{ $value }” here, which is no value of type { $expected }
    .fix = correct the calculation of the question, or its type
finding-answer-constraint = { $value } does not fulfil the condition of this question: { $constraint }
    .fix = correct the answer, or leave it empty where it is not known
finding-answer-constraint-said = { $value }: { $message }
    .fix = correct the answer, or leave it empty where it is not known
finding-answer-field-unknown = there is no field { $field }
    .fix = { $nearest ->
        [none] use a field of this register
       *[other] use a field of this register: { $nearest }
    }
finding-answer-not-a-date = “{ $value }” is not a date
    .fix = write the day as 2018-03-01
finding-answer-not-a-file = “{ $value }” does not name an attached file
    .fix = attach the file first and give its 64-character hash
finding-answer-not-a-number = “{ $value }” is not a number
    .fix = write digits, with a point before decimals and without separators: 1250 or 12.5
finding-answer-not-a-place = “{ $value }” is not a place
    .fix = write latitude and longitude in degrees (16.2717 -0.0447), or WKT (POINT(-0.0447 16.2717))
finding-answer-not-a-record = “{ $value }” is not the identifier of a record
    .fix = give the 26-character identifier shown with the record; in an imported table, key: and the key it was imported under will do
finding-answer-not-a-time = “{ $value }” is not a time
    .fix = write it as 2018-03-01T14:30:00Z, or 2018-03-01 14:30 (then UTC)
finding-answer-not-asked = this question is not asked with these answers: what was given for it is left out
    .fix = change the answer that decides about it, or leave this one empty
finding-answer-not-rows = “{ $value }” is not a list of rows
    .fix = give a JSON list of objects, one for each row, with the names of the columns as keys
finding-answer-not-whole = “{ $value }” is not a whole number
    .fix = round it, or enter it in a field for decimals
finding-answer-not-yes-or-no = “{ $value }” is neither yes nor no
    .fix = write true or false, yes or no, 1 or 0
finding-answer-other-shape = “{ $value }” is not a shape of type { $type }
    .fix = give a shape of the type the field has
finding-answer-required = this field must have a value
    .fix = enter a value
finding-answer-required-said = { $message }
    .fix = enter a value
finding-answer-row-count = there are { $found } rows, the form asks for { $expected }
    .fix = add or take away rows, or correct the number they are counted by
finding-answer-rows-too-deep = rows stand { $depth } deep in each other, { $max } are allowed
    .fix = move the innermost rows out into a field or a record of their own
finding-answer-too-long = the text has { $bytes } bytes, { $max } are allowed
    .fix = shorten it, or attach it as a file
finding-answer-too-many-rows = { $rows } rows are more than the { $max } allowed
    .fix = give fewer rows, or make several records
finding-answer-wrong-type = the field holds values of type { $expected }, not { $found }
    .fix = give a value of type { $expected }
finding-answer-year = the year of “{ $value }” is outside 1800 to 2199
    .fix = correct the year; it may have lost its first digits
finding-attachment-absent = the record has no file { $name }
    .fix = see which files are attached to it
finding-attachment-original-not-allowed = the file as it came is for those who may attach files to this record
    .fix = leave `original` out; what a camera wrote about the photo is taken out then
finding-attachment-not-cleanable = what a camera wrote about where or when { $name } was taken cannot be taken out of it
    .fix = those who may attach files to this record get it with `original=true`
finding-attachment-empty = the file is empty
    .fix = attach a file with content
finding-attachment-not-here = the content of { $name } is not on this node
    .fix = try again when it has come from the node that holds it
finding-attachment-too-large = the file is larger than { $max } bytes
    .fix = attach a smaller one: a picture of lower resolution, or the file in parts
finding-attachment-type-differs = the file does not hold what its type { $type } says
    .fix = attach it as what it is
finding-attachment-type-unknown = files of type { $type } are not taken
    .fix = attach a picture, PDF, sound, film, text, table, office document, GPX, KML, GeoJSON or ZIP, or leave the type out
finding-basemap-shape = the feature has no shape that can be drawn
    .fix = draw it as a point, lines or polygons
finding-basemap-zoom = `{ $value }` is not a first and a last zoom from 0 to { $max }
    .fix = write it as zoom = [3, 14]
finding-batch-unknown = there is no import { $name }
    .fix = see `casque import list` for the imports there are
finding-bbox-wrong = “{ $value }” is not a box
    .fix = give west,south,east,north in degrees, such as -12.3,10.1,4.3,25; over the date line west is larger than east
finding-body-too-large = the body is larger than this address takes
    .fix = send less at once, or a smaller file
finding-caveat-without-compartment = caveat { $code } has no compartment of its name
    .fix = { $nearest ->
        [none] add a [[compartment]] of that name to pack.toml, or correct the code
       *[other] add a [[compartment]] of that name to pack.toml, or correct the code: { $nearest }
    }
finding-cell-error = the cell shows the error { $error } of a formula
    .fix = mend the formula or clear the cell, then import the file of refused rows
finding-cell-nul = the cell holds a NUL character, which no text has
    .fix = remove the character; the file may have been damaged, or be no table
finding-cell-too-long = the cell has { $bytes } bytes, { $max } are allowed
    .fix = shorten the text, or attach it to the record as a file
finding-clock-behind = this machine's clock says { $now }, but the journal already has entries of { $last }
    .fix = set the clock right; until then entries keep their true order, but show times that lie ahead
finding-clock-groups-many = this clock falls into more than { $max } groups
    .fix = tell it apart by less, or narrow it with a filter
finding-clock-key-unknown = a clock cannot be told apart by `{ $key }`
    .fix = { $nearest ->
        [none] use an area, a field of codes or text, a record field, or month
       *[other] use an area, a field of codes or text, a record field, or month: { $nearest }
    }
finding-clock-keys-many = a clock is told apart by { $found } things, { $max } are allowed
    .fix = leave some out
finding-clock-nowhere = this clock runs from `{ $state }` to `{ $state }`
    .fix = name two different states
finding-clock-twice = there are two clocks called `{ $name }`
    .fix = give one of them another name
finding-clock-without-workflow = a clock runs between states of a workflow, and this register has none
    .fix = add [workflow], or take [[clock]] out
finding-clock-wrong = this machine's clock says { $now }, which cannot be
    .fix = set the clock and the date of the machine; entries made meanwhile keep their order, but show wrong times
finding-comment-empty = a comment needs words
    .fix = write what you want to say
finding-compartment-name-twice = compartment { $name } exists already, at { $first }
    .fix = remove one of the two
finding-compartment-unknown = the pack has no compartment `{ $name }`
    .fix = { $nearest ->
        [none] see `casque pack show` for the compartments there are
       *[other] did you mean `{ $nearest }`?
    }
finding-compartment-without-caveat = no caveat puts a record into compartment { $compartment }
    .fix = add the code { $compartment } to the list caveat
finding-conflict-entry-unknown = entry { $entry } is none of those that conflict in `{ $field }`
    .fix = take one of the entries that `casque show` lists under the conflict
finding-conflicts-open = records with values that conflict: { $count }
    .fix = look at them with `casque query` (marked with !) and settle each with `casque settle`
finding-cross-site = a page of another site asked for this
    .fix = do it in Casque's own pages; programs use a token in `Authorization`
finding-date-invalid = “{ $value }” is not a date
    .fix = write the day as 2018-03-01
finding-datetime-backwards = the period “{ $value }” ends before it begins
    .fix = give the earlier end first
finding-datetime-wrong = “{ $value }” is not a day, an instant or a period
    .fix = give 2018-03-01, 2018-03-01T14:30:00Z, or two of these as 2018-03-01/2018-03-31; one end may be ..
finding-device-key-damaged = the device's key file holds no key
    .fix = put the file back from a backup of the node's folder; without it nothing new can be signed
finding-device-key-foreign = the device's key file belongs to no log of this journal: it is another node's
    .fix = put the file that belongs to this node back from a backup
finding-disk-nearly-full = { $megabytes } MB are free on the disk of the node
    .fix = make room, or move the folder of the node to a larger disk and name it with --data
finding-entry-forked = a device's log continues in two ways: { $what }
    .fix = report the device to headquarters: it was copied or restored from an old backup; keep both copies
finding-entry-id-invalid = `{ $value }` is not the id of an entry
    .fix = copy the id from `casque show` or `casque history`: 64 hexadecimal digits
finding-entry-refused = an entry cannot be taken: { $what }
    .fix = run `casque journal verify`; fetch the log again from another site or a backup
finding-entry-too-large = this cannot be written as one entry: { $what }
    .fix = shorten the texts or simplify the shape, or enter it in several parts
finding-exercise-act-not-refused = { $user } was not refused at “{ $key }”, and had to be ({ $wanted })
    .fix = the system lets through what it must not, or the act is not what the exercise means
finding-exercise-act-refused = { $user } was refused at “{ $key }” (expected: { $wanted })
    .fix = see what follows; correct the act, or what refuses it
finding-exercise-acts-file = a file of acts is called `day-07.toml`, for a day from 1 to { $days }
    .fix = name the file after its day
finding-exercise-another = the node stands in exercise { $loaded }, and its pack has { $name }
    .fix = load { $name } into another node
finding-exercise-area-unknown = the pack has no area `{ $area }`
    .fix = write the P-code of an area under `places/`
finding-exercise-background-area = the pack has no settlement in an area `{ $area }`
    .fix = write the P-code of an area with a settlement under `places/`
finding-exercise-background-empty = nothing can be drawn: there must be an area and a type with texts that weigh something, and `decay_h` over 0
    .fix = add what is missing
finding-exercise-background-key = “{ $value }” cannot begin the keys of rows
    .fix = write letters, digits and `-`, at least one
finding-exercise-background-share = { $value } of a hundred is too much
    .fix = write at most 25, and at most 90 for `offspring`
finding-exercise-background-word = `{ $word }` stands for nothing
    .fix = { $nearest ->
        [none] write {"{"}place{"}"}, a number as {"{"}3-9{"}"}, or a name under `[words]`
       *[other] did you mean `{ $nearest }`?
    }
finding-exercise-check-count = a check says what it counts on: `count`, or `at_least` and `at_most`
    .fix = write one of them
finding-exercise-check-day = day { $value } is before the day of this file or after the end of the exercise
    .fix = name a later day of the exercise, or leave `day` out
finding-exercise-check-failed = { $message }: { $user } sees { $found } of { $register }, and should see { $wanted }
    .fix = find out whether the acts or the rights are not what the exercise means
finding-exercise-column-missing = the injects have no column `{ $column }`
    .fix = add it
finding-exercise-column-unknown = the injects have a column `{ $column }` that nobody reads
    .fix = { $nearest ->
        [none] take it out
       *[other] did you mean `{ $nearest }`?
    }
finding-exercise-day-behind = the exercise is loaded to day { $loaded }; day { $day } is behind it, and nothing is taken back
    .fix = make another node and load it to day { $day }
finding-exercise-day-differs = { $value } lies on day { $found }, not on day { $day }
    .fix = correct the time or the day
finding-exercise-day-outside = the exercise has { $days } days
    .fix = name one of them
finding-exercise-days = an exercise lasts 1 to { $max } days
    .fix = correct `days`
finding-exercise-file-missing = the pack has no file { $file }
    .fix = { $nearest ->
        [none] write it as seen from the folder of the exercise: `../demo/sites.csv`
       *[other] did you mean { $nearest }?
    }
finding-exercise-grade = `{ $value }` is no grade
    .fix = write the reliability of the source and the credibility of what it says: A1 to F6
finding-exercise-grid = `{ $value }` is no military grid reference
    .fix = write it as 30MVC5552545773
finding-exercise-grid-outside = `{ $value }` lies outside of the mission's area
    .fix = check zone, square and digits
finding-exercise-inject-twice = there are two injects of number { $value }
    .fix = give one of them another number
finding-exercise-inject-unknown = there is no inject of number { $value }
    .fix = name a number of `injects.csv`
finding-exercise-key-ambiguous = several imported rows have the key `{ $key }`, of other registers or other files
    .fix = ask for the record by something else that is true of it alone, or give the row another key
finding-exercise-key-elsewhere = `{ $key }` is a record of { $register }, not of { $wanted }
    .fix = name a record of that register
finding-exercise-key-twice = two acts make a record called `{ $key }`
    .fix = give one of them another key
finding-exercise-key-unknown = no act before this one, and no imported row, makes a record `{ $key }` of { $register }
    .fix = { $nearest ->
        [none] make it first with `do = "create"`, or write `key:` before the key of a row
       *[other] did you mean `{ $nearest }`?
    }
finding-exercise-module-unknown = `{ $module }` is no task, issue or module of the mandates
    .fix = { $nearest ->
        [none] name tasks apart by blanks
       *[other] did you mean `{ $nearest }`?
    }
finding-exercise-none = the pack { $pack } has no exercise
    .fix = use a node whose pack has a folder `exercise/`, for example minusek
finding-exercise-not-marked = the pack has an exercise and does not say that everything in it is one
    .fix = write `exercise = true` in `pack.toml`
finding-exercise-number = `{ $value }` is no number from 1 on
    .fix = write a whole number
finding-exercise-row-unknown = { $file } has no row of the key `{ $key }`
    .fix = { $nearest ->
        [none] take it out of `without`
       *[other] did you mean `{ $nearest }`?
    }
finding-exercise-setting-damaged = how far the exercise is loaded cannot be read
    .fix = make another node and load the exercise there
finding-exercise-time = `{ $value }` is no time
    .fix = write it as 2021-11-02T07:05:00Z
finding-exercise-time-order = { $value } is before the act above it
    .fix = put the acts in the order of time
finding-exercise-time-outside = { $value } lies outside of the days of the exercise
    .fix = correct the time, or `day_one` and `days`
finding-exercise-too-many = { $found } are more than the { $max } an exercise may have
    .fix = divide them
finding-exercise-until-invalid = “{ $value }” is no day of the exercise
    .fix = write its number, 1 to { $days } (`16` or `"Day 16"`), or its date, { $first } to { $last }
finding-exercise-user-administers = the role { $role } administers, and a pack makes no administrator
    .fix = give the person another role
finding-exercise-user-differs = the node has a user { $user } who is not the one of the exercise
    .fix = load the exercise into another node, or rename the person in the pack
finding-exercise-user-twice = two people of the exercise are called `{ $user }`
    .fix = give one of them another name
finding-exercise-user-unknown = nobody in the exercise is called `{ $user }`
    .fix = { $nearest ->
        [none] add a `[[user]]` to `exercise.toml`
       *[other] did you mean `{ $nearest }`?
    }
finding-export-cell-too-long = the text of record { $record } has { $characters } characters, a workbook cell holds { $max }
    .fix = export as CSV, GeoJSON or NDJSON, which have no such limit, or leave the column out
finding-export-not-allowed = you may not take records out of `{ $name }`
    .fix = ask an administrator for a role that may export them
finding-export-too-many-rows = a sheet of a workbook has at most { $max } rows
    .fix = narrow the filter, or export as CSV
finding-export-unwritten = the export could not be written: { $cause }
    .fix = check that the disk has room and that the place can be written to, then export again
finding-expression-arguments = function { $name } is given { $found } arguments, it takes { $expected }: { $expression } (character { $at })
    .fix = give it { $expected }
finding-expression-character = “{ $found }” means nothing in an expression: { $expression } (character { $at })
    .fix = remove it, or put it between quotes
finding-expression-function-unknown = there is no function { $name }: { $expression } (character { $at })
    .fix = { $nearest ->
        [none] see docs/guide/forms.md for the functions there are
       *[other] perhaps { $nearest }; see docs/guide/forms.md for the functions there are
    }
finding-expression-list-unknown = there is no list { $name }: { $expression }
    .fix = { $nearest ->
        [none] name a list that a question of the form draws from
       *[other] name a list that a question of the form draws from: { $nearest }
    }
finding-expression-nodes = the { $column } expression and those before it look at more than { $max } answers
    .fix = give fewer rows, or let the form count what it needs once
finding-expression-not-nodes = { $name } in the { $column } expression needs questions or rows, not a value
    .fix = correct the form: give it a reference or a path
finding-expression-number = { $text } is no number to compute with: { $expression }
    .fix = write a smaller number
finding-expression-pattern = “{ $pattern }” is no pattern that can be run: { $error } ({ $expression })
    .fix = correct it; look-ahead, look-behind and references back to a group are not supported
finding-expression-pattern-answer = an answer makes the pattern “{ $pattern }” in the { $column } expression, which is none
    .fix = correct that answer, or write the pattern into the form
finding-expression-quote-open = a quote is not closed: { $expression } (character { $at })
    .fix = close it with the same mark
finding-expression-reference-name = “{ $name }” is no name of a question: { $expression } (character { $at })
    .fix = put nothing but the name between the braces
finding-expression-reference-open = a brace is not closed: { $expression } (character { $at })
    .fix = end the reference with a closing brace
finding-expression-text = the { $column } expression makes a text of more than { $max } bytes
    .fix = shorten the answers it puts together, or correct the form
finding-expression-too-deep = the expression is nested deeper than { $max } levels: { $expression }
    .fix = compute parts of it in questions of their own
finding-expression-too-long = the expression has { $bytes } bytes, { $max } are allowed: { $expression }
    .fix = compute parts of it in questions of their own
finding-expression-unexpected = this cannot stand here: { $expression } (character { $at })
    .fix = look for a missing operator, comma or bracket before it
finding-expression-unfinished = the expression ends where something is still to come: { $expression }
    .fix = look for a missing bracket or operand at the end
finding-expression-unusable = the { $column } expression cannot be evaluated
    .fix = tell the developers, with the form
finding-facet-wrong-type = values of { $field } are not counted: it is of type { $type }
    .fix = ask for a field of codes, of yes or no, or for an area
finding-facets-count = { $found } fields were named; between 1 and { $max } can be counted at once
    .fix = name them in `fields`, divided by commas
finding-field-group-name-twice = field group { $name } exists already, at { $first }
    .fix = rename it, or name its path in overrides of pack.toml
finding-file-empty = the file holds no table: no row has anything in it
    .fix = check that this is the right file, and for a workbook the right sheet
finding-file-encoding = the file is in { $encoding }; it was read as such
    .fix = look at a few names with accents; if they are wrong, save the file as UTF-8
finding-file-failed = the file or folder failed: { $what }
    .fix = check the disk and the path, then try again
finding-file-is-folder = this is a folder; a file was expected
    .fix = name the file in it
finding-file-not-a-table = the file is no table, whatever its name says: { $kind }
    .fix = give a CSV, XLSX or GeoJSON file; save an old or protected workbook as XLSX without a password
finding-file-not-allowed = the system refuses access: { $what }
    .fix = give yourself access to it, or choose a place that you may read and write
finding-file-not-found = there is no such file or folder
    .fix = check the path; it counts from the folder you are in
finding-file-open-to-others = others on this machine can read this file
    .fix = take the rights away: chmod -R go= on the folder of the node
finding-file-too-large = the file has { $bytes } bytes, { $max } are allowed
    .fix = split it, or compress a CSV file with gzip
finding-file-unpacks-too-large = the compressed file unfolds to more than { $max } bytes
    .fix = split it; a file that unfolds to far more than it should may be an attack
finding-file-unreadable = the file could not be read to its end: { $cause }
    .fix = copy or download it again; it may be cut off or on a failing disk
finding-filter-crossing-ring = the polygon at { $position } crosses itself near { $place }
    .fix = give its corners in order around its edge
finding-filter-ends-early = the filter ends at { $position } where { $expected } should follow
    .fix = complete the filter
finding-filter-list-too-long = the list at { $position } has { $found } values, { $max } are allowed
    .fix = shorten the list, or ask by a pattern or a range instead
finding-filter-more-findings = more than { $max } things are wrong; the rest are not listed
    .fix = mend these first
finding-filter-needs-condition = { $value } at { $position } is a { $given }, but something true or false should stand there
    .fix = compare it with something, as in deaths_best > 3
finding-filter-needs-field = { $operator } needs the name of a field at { $position }
    .fix = put a field on one side; texts stand in 'single quotes', names of fields do not
finding-filter-not-json = this is not JSON: reading stopped in row { $row }, column { $column }
    .fix = correct the JSON there, or write the filter as text
finding-filter-open-pattern = the pattern { $pattern } at { $position } ends in a \ that escapes nothing
    .fix = write \\ for a backslash, or remove it
finding-filter-pattern-too-long = the pattern at { $position } has { $found } bytes, { $max } are allowed
    .fix = shorten the pattern
finding-filter-syntax = at { $position } stands { $found } where { $expected } should be
    .fix = correct the filter at that place; texts stand in 'single quotes', names of fields do not
finding-filter-too-deep = the filter nests deeper than { $max } levels at { $position }
    .fix = remove brackets that are not needed, or split the filter
finding-filter-too-long = the filter has { $found } bytes, { $max } are allowed
    .fix = shorten it; simplify its shapes or lists
finding-filter-unclosed = the { $mark } at { $position } is never closed
    .fix = close it; write a quote within a text twice: 'it''s'
finding-filter-unknown-field = there is no field { $field } (at { $position })
    .fix = { $nearest ->
        [none] name a field of this register
       *[other] name a field of this register: { $nearest }
    }
finding-filter-unknown-function = there is no function { $name } (at { $position })
    .fix = { $nearest ->
        [none] use one of these
       *[other] use one of these: { $nearest }
    }
finding-filter-unsupported = { $name } (at { $position }) is a part of CQL2 that is not offered here
    .fix = say it in another way; the reference of filters lists what is offered
finding-filter-wrong-arguments = { $operator } at { $position } is not written like this
    .fix = write it like { $expected }
finding-filter-wrong-box = the box at { $position } is not west, south, east, north in degrees
    .fix = write BBOX(-5,14,0,17); west is larger than east only across the date line
finding-filter-wrong-date = { $value } at { $position } is not a day
    .fix = write it like DATE('2018-03-01'); for an instant use TIMESTAMP('2018-03-01T14:30:00Z')
finding-filter-wrong-interval = the interval at { $position } has no end at all, or ends before it starts
    .fix = give a start or an end, the earlier one first: INTERVAL('2018-03-01','..')
finding-filter-wrong-number = { $value } at { $position } is not a number of at most 18 digits
    .fix = write it like 12, -3.5 or 1e3, with a point and without spaces
finding-filter-wrong-operator = field { $field } holds a { $type }, which has no { $operator } (at { $position })
    .fix = places take S_INTERSECTS and its like, lists of codes A_CONTAINS and its like, yes-or-no fields and the classification = and <>, rows and files only IS NULL
finding-filter-wrong-pair = fields { $field } ({ $type }) and { $other } ({ $other_type }) do not compare (at { $position })
    .fix = compare fields of one type
finding-filter-wrong-shape = the shape at { $position } cannot be read: { $value }
    .fix = write POINT(-0.04 16.27), LINESTRING, POLYGON or MULTIPOLYGON, longitude first, in degrees, without heights
finding-filter-wrong-time = { $value } at { $position } is not a day or an instant
    .fix = write it like 2018-03-01 or 2018-03-01T14:30:00Z
finding-filter-wrong-type = field { $field } holds a { $type }, but { $value } at { $position } is a { $given }
    .fix = compare it with a { $type }: 'text', 12, TRUE, DATE('2018-03-01') or TIMESTAMP('2018-03-01T14:30:00Z'); for no value write IS NULL
finding-findings-more = and { $count } more findings
    .fix = mend those above first, then check again
finding-folder-not-empty = the folder is not empty and holds no node
    .fix = choose a new or empty folder with --data
finding-form-calculation-missing = a question of type calculate has nothing to calculate
    .fix = fill its calculation, or remove the row
finding-form-cell-control = the cell holds a character that no form can carry
    .fix = type the text again without pasting it from elsewhere
finding-form-cell-headless = “{ $value }” stands in column { $number }, which has no name; it is left out
    .fix = name the column, or undo the joining of cells in the header
finding-form-code-retired = choice { $code } of list { $list } is not in the form any more; it stays readable and cannot be chosen
    .fix = nothing to do; to offer it again, put it back
finding-form-column-left-out = column { $column } has no place in a register and is left out
    .fix = nothing to do, unless the form needs it
finding-form-column-unknown = column { $column } is not one of a survey
    .fix = { $nearest ->
        [none] rename or remove it
       *[other] rename or remove it; known: { $nearest }
    }
finding-form-cycle = these questions depend on each other in a circle: { $cycle }
    .fix = compute one of them from something else
finding-form-field-retired = question { $name } is not in the form any more; what was answered stays readable
    .fix = nothing to do; to ask it again, put it back
finding-form-field-retyped = question { $name } held a { $before } and now holds a { $after }: what was answered could not be read
    .fix = give the new question a name of its own
finding-form-file-name = “{ $file }” does not say what kind of file it is
    .fix = name one file ending in .csv, .xml or .geojson, with one dot
finding-form-group-deep = groups stand deeper within each other than { $max } levels
    .fix = close some groups before this one begins
finding-form-group-not-open = a group ends here that does not begin
    .fix = remove this end_group, or add the begin_group before
finding-form-group-open = group { $group } begins here and does not end
    .fix = add an end_group after its last question
finding-form-image-missing = question { $name } has a large picture and no small one
    .fix = fill image beside big-image
finding-form-instance-twice = two different lists or files would both be called { $name }
    .fix = rename one of them
finding-form-label-missing = question { $name } has neither label nor hint
    .fix = give it a label
finding-form-language-unclear = which language “{ $language }” is cannot be told; its texts are left out
    .fix = name it with its code: label::French (fr)
finding-form-list-closed = the question { $name } is not asked: its list { $list } has no code to choose on { $day }
    .fix = give a code of the list a later valid_to, or the question another list
finding-form-list-unknown = there is no code list { $list }
    .fix = { $nearest ->
        [none] use a list of the pack or of choices.csv
       *[other] use a list of the pack or of choices.csv: { $nearest }
    }
finding-form-name-changed = “{ $from }” is called { $to } here
    .fix = nothing to do; to choose the name yourself, rename it in the form
finding-form-name-missing = the question or group has no name
    .fix = fill its name
finding-form-name-reserved = no field can be called { $name }
    .fix = give the field another name
finding-form-name-twice = the name { $name } is taken already, at { $first }
    .fix = give one of the two another name
finding-form-name-unfit = “{ $value }” cannot be a name in a form
    .fix = begin with a letter or _, then letters, digits, _, - or a dot; no blanks
finding-form-other-filtered = a filter of choices would hide the choice “other”
    .fix = remove or_other and add the choice to the list, or remove the filter
finding-form-parameter-unknown = questions of this type have no parameter { $name }
    .fix = known: { $known }
finding-form-parameter-value = parameter { $name } cannot be “{ $value }”
    .fix = see what it may be: https://docs.getodk.org/form-question-types
finding-form-parameters-unclear = “{ $value }” cannot be read as parameters
    .fix = write name=value, several apart by blanks
finding-form-prefix-unknown = the prefix of { $value } stands for no namespace
    .fix = declare it in the namespaces of the settings sheet, or remove the column
finding-form-reference-broken = the reference to “{ $value }” cannot be read
    .fix = write ${"{"}name{"}"}, without blanks
finding-form-reference-several = several questions are called { $name }
    .fix = give those that are referred to names of their own
finding-form-reference-unknown = the expression refers to { $name }, which is no question of this form
    .fix = { $nearest ->
        [none] refer to a question of the form
       *[other] refer to a question of the form: { $nearest }
    }
finding-form-refused-kept = the form was refused and is kept: { $file }
    .fix = mend it and import it again
finding-form-repeat-not-open = a repeat ends here that does not begin
    .fix = remove this end_repeat, or add the begin_repeat before
finding-form-repeat-open = repeat { $repeat } begins here and does not end
    .fix = add an end_repeat after its last question
finding-form-repeat-too-deep = more than { $max } repeats stand in each other
    .fix = move the innermost repeat out of the others
finding-form-required-unclear = “{ $value }” does not say whether the question is required
    .fix = write yes or no; expressions are not supported here
finding-form-rows-far = rows from here on stand far below the others and are left out
    .fix = move them up, or delete them
finding-form-sealed-not-here = a group or a column of a repeat cannot be sealed with { $value }
    .fix = seal each question of the group, or the repeat as a whole, on its begin_repeat row
finding-form-sealed-shown = this question is not sealed for { $compartment } and is computed from { $name }, which is: whoever reads it would read that
    .fix = seal it for { $compartment } too (bind::casque:sealed), or do not compute it from sealed questions
finding-form-sheet-large = the sheet has { $found } { $what ->
        [rows] rows
       *[cells] cells
    }, { $max } are allowed
    .fix = split the form, or keep long lists in a file beside it
finding-form-sheet-unsupported = sheet { $sheet } is not supported
    .fix = remove it, or put _ before its name
finding-form-table-list = in this table choices come from { $first }, here from { $list }
    .fix = use one list in the whole table
finding-form-trigger-missing = a place that is found in the background needs a trigger and takes no calculation
    .fix = fill trigger, and clear calculation
finding-form-trigger-unseen = nobody answers { $name }, so it cannot trigger anything
    .fix = name a question that people see
finding-form-type-argument = type { $type } cannot take “{ $argument }”
    .fix = select_one and select_multiple need the name of a list, record that of a register, other types nothing
finding-form-type-unknown = there is no question type { $type }
    .fix = { $nearest ->
        [none] use a type of XLSForm
       *[other] use a type of XLSForm: { $nearest }
    }
finding-form-type-unsupported = questions of type { $type } are not supported by registers
    .fix = use another type
finding-form-unusable = the form of this register has mistakes: { $count }; until they are mended its records can be read, and neither made nor changed
    .fix = ask an administrator: casque pack check names the places in the pack, casque pack use takes the mended one into use; a form that was taken in here is mended and taken in again with casque register import
finding-gate-shut = the gate of `{ $transition }` is not open: { $field }
    .fix = name a record in { $field } that allows this step on its day, or ask those who keep it
finding-generic-key-missing = no column names the rows
    .fix = add a column with a stable key of each row, called one of: { $columns }
finding-generic-no-field = no column is called as a field of the register is
    .fix = rename columns, or write a mapping; fields: { $fields }
finding-geojson-altitude-left-out = positions have altitudes, which were left out
    .fix = nothing, unless you need them: then put them in a property
finding-geojson-broken = the file is not valid JSON, line { $line }: { $cause }
    .fix = export it again from the program it comes from
finding-geojson-invalid = this is not a GeoJSON collection of areas: { $problem }
    .fix = export the layer again as a GeoJSON FeatureCollection
finding-geojson-no-collection = the file is no feature collection but `{ $found }`
    .fix = export the whole layer as a GeoJSON FeatureCollection
finding-geojson-property-hidden = a property has the name of the column for the shape and was left out
    .fix = give that property another name
finding-geojson-system = the coordinates are in `{ $system }`, not in WGS 84
    .fix = export the layer again in WGS 84 (EPSG:4326)
finding-geometry-invalid = the shape is not valid: { $cause }
    .fix = mend the shape in a mapping program
finding-geometry-kind = a shape of kind `{ $kind }` cannot be kept: Point, LineString, Polygon and MultiPolygon can
    .fix = split the shape into one feature for each part
finding-header-blank = column { $position } has no name
    .fix = give it a name, or delete the column
finding-header-duplicate = columns { $first } and { $second } are both named `{ $name }`
    .fix = rename or delete one of them
finding-header-too-many-columns = the table has more than { $max } columns
    .fix = delete the columns that are not needed; the separator may also have been misread
finding-host-unknown = this node does not answer to the name { $host }
    .fix = use its address, or start it with --host { $host }
finding-if-match-missing = the request does not say which state of the record its author saw
    .fix = send If-Match with the ETag of the record as you read it, or * to change it whatever it is
finding-hxl-no-tag-row = none of the first { $rows } rows is a row of HXL hashtags such as #org, #sector, #adm1+code
    .fix = add the row of hashtags under the headings, or choose the mapping of a table without hashtags
finding-hxl-tag-wrong = “{ $value }” in column { $position } is no HXL hashtag; the column is not read
    .fix = write it as #tag+attribute, with letters, digits and _ only
finding-hxl-columns-untagged = columns without a hashtag are not read ({ $count }): { $columns }
    .fix = give those that matter a hashtag
finding-hxl-tag-row-left-out = the first row is one of HXL hashtags and was left out: this mapping goes by headings
    .fix = nothing is to be done
finding-hxl-tag-row-again = here is a second row of HXL hashtags
    .fix = leave one row of hashtags in a table, and put tables with other columns in files of their own
finding-hxl-tag-missing = mapping { $mapping } needs a column with the hashtag { $tag }; the file has { $tags }
    .fix = choose the right file or mapping, or tag the column
finding-import-set-wrong = “{ $value }” is not FIELD=VALUE
    .fix = write for example --set as_of=2022-03-31
finding-import-field-unknown = register { $register } has no field { $field }
    .fix = { $nearest ->
        [none] `casque register list` shows the registers, their forms the fields
       *[other] did you mean { $nearest }?
    }
finding-import-day-of-name = rows without a day for { $field } have that of the file’s name: { $day }
    .fix = if that is wrong, import again with --set { $field }=DAY: the same records change
finding-import-day-of-import = rows without a day for { $field } have today’s: { $day }; neither the rows nor the name of the file say one
    .fix = if you know better, import again with --set { $field }=DAY: the same records change
finding-import-link-absent = { $field } points to the record of the key “{ $key }” in { $register }, which is not there yet, or not for you to read
    .fix = import that record as well: the link holds as soon as it is there; or correct the key
finding-import-no-look-alike-rule = the register `{ $register }` has no rule of look-alikes that you may use
    .fix = import without --leave-out-alike, or write [look_alike] into the register's settings
finding-import-too-many-to-compare = this file is too much to look for look-alikes in: it has more than { $max } new rows, or they have too many words to compare
    .fix = divide the file, or import without --leave-out-alike
finding-import-not-allowed = you may not import into `{ $name }`
    .fix = ask an administrator for a role that may import, or act as another user with --user
finding-internal = a fault of the program: { $what }
    .fix = nothing was lost; report it with the command you ran
finding-journal-bad-key = device key { $device } cannot be used to check signatures
    .fix = no real device has this key: do not trust the file, and report where it came from
finding-journal-damaged = the file is damaged after { $entries } entries ({ $cause })
    .fix = copy or download the file again, or take it from a backup
finding-journal-empty-shape = the shape ({ $shape }) has too few positions
    .fix = draw a line with two positions or more, an area with three or more, or leave the field empty
finding-journal-entry-changed = the content of entry { $sequence } was changed or damaged after it was signed
    .fix = fetch this entry again from another site or a backup; the entries before { $sequence } are good
finding-journal-entry-foreign = entry { $sequence } belongs to another log, { $found }
    .fix = fetch this log again from another site; the entries before { $sequence } are good
finding-journal-entry-forged = the signature of entry { $sequence } is not that of the device: it was forged or damaged
    .fix = fetch this log again from another site; if it is the same there, report the device to headquarters
finding-journal-entry-out-of-order = where entry { $sequence } should be stands entry { $found }: something is missing, doubled or out of order
    .fix = fetch this log again from another site; the entries before { $sequence } are good
finding-journal-entry-too-long = entry { $sequence } states a content of { $found } bytes, longer than any entry may be
    .fix = no correct program writes this: report the device to headquarters; the entries before { $sequence } are good
finding-journal-entry-unchained = entry { $sequence } does not continue the one before it but { $found }: the log was rewritten or forked
    .fix = report it to headquarters and keep both copies; the entries before { $sequence } are good
finding-journal-field-twice = field { $field } is set twice in one entry
    .fix = set it once; this is a fault in the program or import that wrote it
finding-journal-limit = this entry would hold { $found } { $what }; { $max } are allowed
    .fix = shorten the text or simplify the shape, or enter it in several parts
finding-journal-listed-twice = { $what } { $which } is listed twice
    .fix = list it once
finding-journal-not-a-journal = this is not a journal file of a version this release reads
    .fix = choose a file that `casque journal export` wrote; if a newer release wrote it, install that release
finding-journal-not-read = the file could not be read ({ $cause })
    .fix = check the disk or stick and the permissions, then try again
finding-journal-orphans = the journal holds { $count } entries of a log it no longer knows
    .fix = put the node back from a backup, or fetch its logs from another site; do not add to it before
finding-journal-truncated = the file ends too early, after { $entries } entries
    .fix = copy or download the file again; the entries before the cut are good
finding-journal-unknown-kind = entries of kind { $kind } cannot be written by this release
    .fix = install the release that knows this kind; entries of it that arrive are kept and passed on
finding-journal-wrong-end = the file holds { $entries } entries, which is not where it says the log ends
    .fix = copy or download the file again; entries are missing at its end or something was added to it
finding-language-invalid = “{ $value }” is not a language code
    .fix = write two or three lower-case letters: en, fr
finding-list-classification = the list must hold exactly the levels of ST/SGB/2007/6
    .fix = keep these codes and no others: { $expected }
finding-list-code-invalid = “{ $value }” cannot be a code
    .fix = a code is not empty and has no blank, comma or semicolon
finding-list-code-twice = code { $code } stands in the list already, in row { $first }
    .fix = remove one of the rows, or give each a period of validity of its own
finding-list-column-unknown = column { $column } is not one of a code list
    .fix = { $nearest ->
        [none] rename it; a crosswalk is a column with a plain lower-case name
       *[other] rename it; known: { $nearest }; a crosswalk is a column with a plain lower-case name
    }
finding-list-crosswalk-unknown = the crosswalk leads to { $code }, which is not a code of list { $list }
    .fix = { $nearest ->
        [none] use a code of that list
       *[other] use a code of that list: { $nearest }
    }
finding-list-name-twice = code list { $name } exists already, at { $first }
    .fix = rename it, or name its path in overrides of pack.toml
finding-list-parent-cycle = code { $code } is an ancestor of itself, through { $parent }
    .fix = correct the parents along that line
finding-list-parent-unknown = parent { $parent } is not a code of this list
    .fix = { $nearest ->
        [none] use a code of the list
       *[other] use a code of the list: { $nearest }
    }
finding-list-unused = no question uses list { $name }
    .fix = remove the list, or use it
finding-list-validity-overlap = the period of code { $code } overlaps that of row { $first }
    .fix = let one period end before the other begins
finding-list-validity-reversed = code { $code } ends on { $to }, before it begins on { $from }
    .fix = exchange or correct the two days
finding-log-damaged = entry { $sequence } of log { $log } is the first bad one: { $cause }
    .fix = the entries before it are good; put the node back from a backup or fetch the log of device { $device } from another site
finding-look-alike-fields-many = { $found } fields take part in telling look-alikes; { $max } may
    .fix = leave some out
finding-look-alike-not-indexed = look-alikes cannot be looked for by { $field }
    .fix = name the register’s { $key }{ $known ->
        [none] , which it has to have
       *[other] , which is { $known }
    }
finding-look-alike-nowhere = this rule looks neither at a place nor at a time
    .fix = add [look_alike.place] or [look_alike.time]: without them every record would be compared with every other
finding-look-alike-precision-missing = { $key } is said of codes of a precision, and no field of a precision is named
    .fix = add precision = "FIELD", or take { $key } out
finding-mandate-ambiguous = `{ $mandate }` means more than one resolution: { $found }
    .fix = add the year: 2364-2017
finding-mandate-ceiling-negative = the ceiling of { $category } is { $value }
    .fix = write a number of persons, zero or more
finding-mandate-file-name = the file of this resolution should be called { $expected }
    .fix = rename the file, or correct number and year
finding-mandate-replaces-later = { $mandate } was not adopted earlier, so it cannot be replaced
    .fix = correct replaces or the dates
finding-mandate-replaces-unknown = { $mandate }, which this replaces, is not in the pack
    .fix = add that resolution, or remove it from replaces
finding-mandate-tasks-known = tasks_known is { $known }, and there are { $count } tasks
    .fix = set tasks_known to true where the tasks are entered, to false where they are not
finding-mandate-twice = resolution { $mandate } exists already, at { $first }
    .fix = remove one of the two
finding-mandate-unknown = the pack has no mandate `{ $mandate }`
    .fix = take one of these: { $known }
finding-mandate-until-before-adopted = the term ends on { $until }, not after the adoption on { $adopted }
    .fix = correct one of the two dates
finding-mandate-year-differs = the year is { $year }, but the day of adoption { $adopted }
    .fix = correct one of the two
finding-mapping-area-level = there is no area level { $level }
    .fix = give a level from 1 to { $max }
finding-mapping-column-missing = mapping { $mapping } needs column { $column }, which the file lacks
    .fix = { $nearest ->
        [none] choose the right file or mapping, or rename the column
       *[other] choose the right file or mapping, or rename the column; found: { $nearest }
    }
finding-mapping-crosswalk-unknown = list { $list } has no crosswalk { $crosswalk }
    .fix = { $nearest ->
        [none] use a crosswalk column of the list
       *[other] use a crosswalk column of the list: { $nearest }
    }
finding-mapping-field-unknown = register { $register } has no field { $field }
    .fix = { $nearest ->
        [none] use a field of the register
       *[other] use a field of the register: { $nearest }
    }
finding-mapping-hashtag = `{ $column }` is no HXL hashtag, and other columns of this mapping are
    .fix = name every column by a hashtag such as #org+name-type, or every one by its heading
finding-mapping-link-constant = `link` makes a key of what a row says, and this value is the same for every row
    .fix = name the column in `column`, or take `link` out and give the record’s identifier
finding-mapping-link-unknown = no mapping gives keys of the namespace `{ $namespace }` to records of { $register }
    .fix = { $nearest ->
        [none] name the namespace of a mapping of that register, or `generic`
       *[other] name one of: { $nearest }
    }
finding-mapping-name-reserved = { $name } is the name of the mapping that goes by column names
    .fix = give the file another name
finding-mapping-name-twice = mapping { $name } exists already, at { $first }
    .fix = rename it, or write override = true in it
finding-mapping-of-another-register = the mapping `{ $mapping }` is for the register `{ $register }`
    .fix = import with --register { $register }, or with another mapping
finding-mapping-origin = the value must come from exactly one source, given: { $given }
    .fix = keep one of: { $known }
finding-mapping-required-missing = register { $register } demands { $field }, and nothing gives it
    .fix = add [fields.{ $field }]
finding-mapping-type = field { $field } is of type { $found }; this needs { $expected }
    .fix = use another field, or another way to fill this one
finding-mapping-unknown = the pack has no mapping `{ $mapping }`
    .fix = { $nearest ->
        [none] see `casque pack show` for the mappings there are, or use `generic`
       *[other] did you mean `{ $nearest }`?
    }
finding-media-type-not-offered = this address answers with JSON, which the request does not accept
    .fix = send Accept: application/json, or no such header
finding-media-type-wrong = the body is of a type that is not taken here
    .fix = say with `Content-Type` what it is; most addresses take application/json
finding-merge-in-conflict = the value of { $field } is still disputed in { $record }
    .fix = settle it first, or do not take it over
finding-merge-itself = a record cannot be merged into itself, nor be another than itself
    .fix = name two different records
finding-merge-more-protected = the record that is kept is more protected than the one that is merged into it
    .fix = merge the other way round, or change the classification first: who may read that one alone would lose it
finding-merge-takes-protected = the record that is merged is more protected than the one that is kept
    .fix = take no value over, or raise the classification of the one that is kept first
finding-method-not-allowed = this address has not that method
    .fix = it has { $methods }
finding-name-invalid = “{ $value }” is not a name
    .fix = a name begins with a lower-case letter and goes on with lower-case letters, digits, _ or -, 63 characters at most
finding-no-conflict = there is nothing to settle in `{ $field }`
    .fix = fields of this record whose values conflict: { $open }
finding-node-exists = there is a node here already
    .fix = use it, or make the new one elsewhere with --data
finding-node-not-found = there is no node in this folder
    .fix = name the node's folder with --data, or make one with `casque init`; `casque serve --pack` makes one too
finding-node-unavailable = the node cannot do this at the moment ({ $what })
    .fix = try again in a few seconds; if it stays so, ask whoever runs the node to look with `casque doctor`
finding-node-without-pack = the node's own copy of its pack is incomplete
    .fix = put the node's folder back from a backup
finding-not-allowed = you may not do this ({ $action }) to this record of `{ $register }`, as it is or as it would be
    .fix = ask an administrator for a role, area or clearance that allows it
finding-nothing-here = there is nothing at this address
    .fix = check the address; /api/openapi.json lists what there is
finding-offset-too-large = paging passes over at most { $max } records
    .fix = narrow the question by time, box or filter, or export everything
finding-output-closed = whoever read the output stopped reading
    .fix = run it again with a reader that reads to the end
finding-output-failed = the output could not be written: { $what }
    .fix = check that the disk has room and that the place can be written to, then run it again
finding-override-file-missing = overrides names { $file }, which this pack does not have
    .fix = { $nearest ->
        [none] correct the path
       *[other] correct the path: { $nearest }
    }
finding-override-nothing = { $name } says that it overrides, but there is nothing below to override
    .fix = remove override, or correct the name
finding-pack-bounding-box = “{ $value }” is not a box of the mission
    .fix = write west, south, east, north in degrees: [-12.3, 10.1, 4.3, 25.1]
finding-pack-code-gone = { $code } of { $field } in { $register } is in no list of the new pack; records that have it: { $records }
    .fix = keep the code and give it a valid_to: it is offered no more and stays readable
finding-pack-field-demanded = the new pack demands an answer in { $field } of { $register }; records without one: { $records }
    .fix = nothing to do: they stay as they are, and whoever changes one is asked
finding-pack-field-gone = the new pack has no { $field } in { $register }; records with an answer there: { $records }
    .fix = keep the question with relevant false(): it is asked no more and stays readable
finding-pack-field-retyped = { $field } of { $register } held a { $before } and would hold a { $after }; records whose answer could not be read: { $records }
    .fix = give the new question a name of its own, and keep the old one with relevant false()
finding-pack-register-gone = the new pack does not have the register { $register }; records in it: { $records }
    .fix = keep the register in the pack
finding-pack-country = “{ $value }” is not a country code
    .fix = write the two capital letters of ISO 3166: ML
finding-pack-extends-cycle = the pack extends itself: { $chain }
    .fix = remove one extends line in that chain
finding-pack-extends-long = more than { $max } packs extend each other
    .fix = join some of them
finding-pack-extends-unknown = there is no pack { $pack }
    .fix = put its folder beside this one, or correct the name
finding-pack-file-large = the file has { $bytes } bytes, { $max } are allowed
    .fix = make it smaller, for example by simplifying shapes
finding-pack-file-unused = nothing reads { $file }
    .fix = { $nearest ->
        [none] rename or remove it
       *[other] rename or remove it; a pack has: { $nearest }
    }
finding-pack-files-many = the pack has { $found } files, { $max } are allowed
    .fix = remove files that do not belong to it
finding-pack-manifest-missing = folder { $pack } has no pack.toml
    .fix = add it, or name the right folder
finding-pack-name-differs = the pack calls itself { $name }, its folder is { $folder }
    .fix = make the two the same
finding-pack-not-found = there is no pack in this folder: it has no pack.toml
    .fix = name the folder of a pack, such as packs/minusma
finding-pack-time-zone = “{ $value }” is not the name of a time zone
    .fix = write it as Africa/Bamako, or UTC
finding-pack-too-large = the file is too large, or the pack has too many files
    .fix = take out what does not belong to the pack, or split the file
finding-pack-unknown = there is no pack { $pack }
    .fix = name the folder of a pack
finding-page-too-large = a page holds at most { $max } records
    .fix = ask for fewer with --limit, go on with --offset, or use `casque export` for all
finding-pages-missing = this binary carries no pages: it serves programs only
    .fix = make them with `cargo xtask web`, then build again
finding-parameter-missing = the parameter `{ $name }` is missing
    .fix = add { $name }= to the address
finding-parameter-twice = parameter { $name } is given more than once
    .fix = give it once
finding-parameter-unknown = there is no parameter { $name } here
    .fix = { $nearest ->
        [none] see /api/openapi.json for those there are
       *[other] did you mean { $nearest }?
    }
finding-parameter-wrong = parameter { $name } cannot be “{ $value }”
    .fix = it takes { $expected }
finding-password-differs = the two passwords differ
    .fix = type the same password twice
finding-password-empty = the password is empty
    .fix = choose one of 12 characters or more
finding-password-file-wrong = the file does not hold exactly one line with a password
    .fix = write the password on one line and nothing else, in UTF-8
finding-password-long = the password is longer than { $limit } bytes
    .fix = choose a shorter one
finding-password-short = the password has fewer than { $good } characters
    .fix = fine on this machine alone; choose a longer one before the node is reachable over a network
finding-password-wrong = the present password is not right
    .fix = type the password you signed in with
finding-place-half = one of longitude and latitude is empty
    .fix = fill both, or empty both
finding-place-latitude = latitude { $value } is outside -90 to 90
    .fix = correct it; latitude and longitude may be exchanged
finding-place-line-short = the line has fewer than two positions
    .fix = add a position, or enter a point
finding-place-longitude = longitude { $value } is outside -180 to 180
    .fix = correct it
finding-place-not-degrees = “{ $value }” is not a number of degrees
    .fix = write decimal degrees with a point: 16.2717
finding-place-outside-mission = { $place } (longitude latitude) lies outside the mission's area
    .fix = check the coordinates; the record is kept
finding-place-ring-crosses = the outline crosses itself near { $near } (longitude latitude)
    .fix = redraw the outline so that no two of its sides meet
finding-place-ring-open = an outline has fewer than four positions, or does not end where it begins
    .fix = repeat the first position at the end
finding-place-swapped = longitude { $longitude }, latitude { $latitude } lies outside the mission's area, but inside when exchanged: { $swapped }
    .fix = exchange the two columns or values
finding-place-too-long = the shape has { $found } positions, { $max } are allowed
    .fix = simplify the shape
finding-places-code-twice = area { $area } exists already on this level
    .fix = remove one of the two, or correct its code
finding-places-column-missing = the sheet has no column { $column }
    .fix = { $nearest ->
        [none] use a column of the sheet
       *[other] use a column of the sheet: { $nearest }
    }
finding-places-file-missing = there is no file { $file } beside this one
    .fix = { $nearest ->
        [none] add it, or correct the name
       *[other] add it, or correct the name: { $nearest }
    }
finding-places-file-not-held = the content of { $file } is not at hand on this node
    .fix = fetch the pack's files from a site that has them
finding-places-gzip-broken = the file is damaged: it cannot be unpacked
    .fix = pack it again with gzip
finding-places-not-an-area = the shape is neither a polygon nor several
    .fix = draw the area as Polygon or MultiPolygon
finding-places-parent-unknown = area { $area } belongs to { $parent }, which the level above lacks
    .fix = { $nearest ->
        [none] correct the parent
       *[other] correct the parent: { $nearest }
    }
finding-places-property-missing = the feature has no text in property { $property }
    .fix = fill the property, or name another one in places.toml
finding-places-settlement-nameless = the place has no code or no name
    .fix = fill both, or remove the row
finding-property-not-comparable = field { $field } holds a place, which equals no text
    .fix = give a box as bbox=west,south,east,north, or a filter with S_INTERSECTS
finding-quote-broken = text follows a closing quotation mark in line { $line }
    .fix = write a quotation mark inside a quoted text twice, or remove the stray one
finding-quote-unclosed = the quotation mark that opens in line { $line } is never closed
    .fix = close it at the end of the text, or remove it
finding-reach-invalid = { $value } is no distance
    .fix = write whole metres or kilometres, 1000 km at most: 500m, 10km
finding-record-absent = there is no record { $name } that you may see
    .fix = check the id and the register; `casque query` lists records
finding-record-changed = somebody changed record { $record } since you read it
    .fix = read it again and make your change to what it says now
finding-record-deleted = record { $record } was deleted
    .fix = `casque history` says by whom and why
finding-record-id-invalid = `{ $value }` is not an id
    .fix = copy the id as `casque query` or `casque import list` shows it: 26 letters and digits
finding-record-merged = record { $record } was merged into another
    .fix = change the one it was merged into, or take the merge back
finding-record-not-deleted = record { $record } is not deleted
    .fix = there is nothing to bring back
finding-record-not-merged = this record was not merged into another
    .fix = name the record that was merged
finding-register-cube-area = { $field } is not among area_fields
    .fix = add it there, or choose one of them
finding-register-cube-without-time = sums by month need a time_field
    .fix = name a time_field, or remove [cube]
finding-register-evidence-unknown = no mandate has a task { $id }
    .fix = { $nearest ->
        [none] use the id of a task
       *[other] use the id of a task: { $nearest }
    }
finding-register-field-group-unknown = there is no field group { $group }
    .fix = { $nearest ->
        [none] use a file of field-groups/
       *[other] use a file of field-groups/: { $nearest }
    }
finding-register-field-twice = field { $field } is named twice
    .fix = name it once
finding-register-field-sealed = field { $field } is sealed and cannot be used here
    .fix = name a field that everybody sees who sees the record
finding-register-field-type = field { $field } is of type { $found }; this needs { $expected }
    .fix = name another field
finding-register-field-unknown = the form has no field { $field }
    .fix = { $nearest ->
        [none] use a field of the form
       *[other] use a field of the form: { $nearest }
    }
finding-register-file-missing = register { $register } has no { $file }
    .fix = add the file
finding-register-name-taken = a register called { $name } exists and was not made of a form
    .fix = choose another name with --name
finding-register-name-twice = register { $name } exists already, at { $first }
    .fix = rename it, or write override = true in register.toml
finding-register-protection-missing = the form has no question “select_one { $field } { $field }”
    .fix = add it, for example with the field group handling
finding-register-unknown = the pack has no register `{ $register }`
    .fix = { $nearest ->
        [none] see `casque pack show` for the registers there are
       *[other] did you mean `{ $nearest }`?
    }
finding-request-key-invalid = the Idempotency-Key of the request is not a UUID
    .fix = make one with the draft, such as `0192a5b4-7c1e-4abc-8def-0123456789ab`, and send it with every try
finding-request-key-used = this key already made record { $record }, from other values
    .fix = look at that record; change it there, or file the new values with a key of their own
finding-request-malformed = the request cannot be understood: { $what }
    .fix = compare it with /api/openapi.json
finding-right-missing = none of your roles allows this
    .fix = ask an administrator for a role that does
finding-role-except-of-some = `except` takes registers out of all of them, and this grant names its registers
    .fix = set registers to ["*"], or leave out of `registers` what is not to be granted
finding-role-name-twice = role { $name } exists already, at { $first }
    .fix = rename it, or write override = true in it
finding-role-unknown = the pack has no role `{ $name }`
    .fix = { $nearest ->
        [none] see `casque pack show` for the roles there are
       *[other] did you mean `{ $nearest }`?
    }
finding-row-area-unknown = the mission’s places have no unit with the code { $value }; it is kept as it is
    .fix = right for other countries; else correct the code in the source
finding-row-code-defaulted = “{ $value }” has no code for field { $field }; { $default } was taken
    .fix = add it to the mapping where it deserves a code of its own
finding-row-code-unmapped = “{ $value }” has no code for field { $field }
    .fix = add it to the codes or the crosswalk, or give the mapping a default
finding-row-day-either-way = “{ $value }” was read as { $day }, the day before the month
    .fix = where the source puts the month first, write its days as YYYY-MM-DD
finding-row-key-empty = the row has no key
    .fix = fill the cell: the key tells this record from others for ever
finding-row-key-twice = an earlier row of this file has the same key and made record { $record }
    .fix = delete one of the two rows, or give the second a key of its own
finding-row-like-record = this row looks like record { $record } ({ $score } of 100) and was left out
    .fix = compare the two; where they are not the same, import a file of this row without --leave-out-alike
finding-row-like-row = this row looks like row { $other } of the file ({ $score } of 100) and was left out
    .fix = compare the two; where they are not the same, import a file of this row without --leave-out-alike
finding-row-not-allowed = { $user } may not import a record with these values: classification, compartment or area is out of reach
    .fix = let somebody import it who may, or correct classification, caveat or area of the row
finding-row-repeated = the row says the same as an earlier one of the file; it was kept as a record of its own
    .fix = if it is one row twice, delete it in the source and undo the import before importing again
finding-row-value-left-out = “{ $value }” cannot be read for field { $field } and was left out
    .fix = correct it in the source, or in the record
finding-row-word-left-out = “{ $value }” has no code for field { $field }, which stays empty
    .fix = add the word to the crosswalk of the code list, and import again: the same records change
finding-row-too-few-cells = the row has { $found } cells, the header { $expected }
    .fix = add the missing cells; a line break inside a text must stand between quotation marks
finding-row-too-long = the row is longer than { $max } bytes
    .fix = check that it ends where it should; a file without line breaks is no table
finding-row-too-many-cells = the row has { $found } cells, the header { $expected }
    .fix = put texts that hold the separator between quotation marks, or delete what stands beside the table
finding-scope-too-small = the token is not good for this
    .fix = make a token with a larger scope: `casque token create --scope write`
finding-session-needed = this is done by a person who signed in, not by a program with a token
    .fix = sign in with name and password
finding-sheet-column-missing = column { $column } is missing
    .fix = add the column to the header
finding-sheet-empty = the sheet is empty
    .fix = write a header and rows, or remove the file
finding-sheet-header-blank = column { $number } has no name
    .fix = name it, or remove it
finding-sheet-header-twice = columns { $first } and { $second } have the same name
    .fix = rename or remove one of them
finding-sheet-not-utf8 = the file is not UTF-8 from this line on
    .fix = save it as CSV in UTF-8
finding-sheet-quote-open = a quotation mark opens and does not close
    .fix = close it; write a quotation mark within quoted text twice
finding-sheet-row-length = the row has { $found } cells, the header has { $expected }
    .fix = add or remove commas; put text with commas in quotation marks
finding-sign-in-needed = nobody has signed in, or the sign-in has run out
    .fix = sign in; programs send a token in `Authorization: Bearer`
finding-sign-in-busy = too many people are signing in at this moment
    .fix = try again in a few seconds
finding-sign-in-refused = name, password or code is not right
    .fix = try again; where you have a telephone with codes, give the one it shows now; an administrator can set a new password and take lost codes away
finding-sign-in-throttled = too many attempts; the next one is possible in { $seconds } seconds
    .fix = wait, or ask an administrator for a new password
finding-span-invalid = `{ $value }` is no stretch of time
    .fix = write whole minutes, hours or days, at most ten years of them: 30m, 2h, 10d; `within` of a deadline also takes months of the calendar: 4mo
finding-stamp-before = { $field } is { $value }, before { $entered }, when the record entered { $state }
    .fix = give the time it happened, or correct { $stamp } first
finding-stamp-future = { $field } is { $value }, and now it is { $now }
    .fix = give the time it happened, or leave it out for now
finding-state-differed = what was derived from the journal was not what it should have been ({ $before }); now it is ({ $after })
    .fix = nothing is lost; if it happens again, check the disk and the memory of the machine and report it
finding-store-busy = another process is writing to this node
    .fix = wait until it is done, then run the command again; nothing of it was written
finding-store-cannot-open = the node's database cannot be opened: { $what }
    .fix = check that you may read and write the node's folder and that the disk is well
finding-store-damaged = the node's database is damaged: { $what }
    .fix = keep a copy of the folder, then put it back from a backup; `casque journal verify` says what is still good
finding-store-disk-failed = the disk failed under the node's database: { $what }
    .fix = see whether the disk or a quota is full or failing, then do it again; nothing half done was kept

finding-store-failed = the node's database failed: { $what }
    .fix = run `casque doctor`; if it finds nothing, report this with the command you ran
finding-store-full = there is no room left on the disk
    .fix = make room, then run the command again; what was written before is safe
finding-store-newer = the node's database has format { $found }; this program knows up to { $known }
    .fix = use the newer Casque that wrote it; nothing was changed
finding-store-read-only = the node's folder or database cannot be written
    .fix = give yourself the right to write to the folder, or move the node to a place where you may
finding-sum-wrong-type = the field `{ $field }` is of type { $type } and cannot be summed
    .fix = sum fields of whole numbers, such as counts
finding-symbol-by-none = no code of the list { $list } has a symbol of its own, so { $field } changes none
    .fix = give the list a column `symbol`, or take `by` out
finding-symbol-entity = `{ $value }` is not the entity of a map symbol
    .fix = write the six digits of entity, type and subtype from APP-6D: 110100
finding-symbol-identity-refused = no register marks what it holds as { $value }
    .fix = use unknown or neutral: whom a United Nations map calls { $value } is decided by the mission’s leadership and not in a pack
finding-symbol-of-code = `{ $value }` is not the map symbol of the code { $code }
    .fix = write six digits from APP-6D, or eight with the symbol set before them
finding-table-too-large = the texts of the table have more than { $max } bytes in all
    .fix = save the table as CSV, which is read row by row, or split it
finding-task-continues-later = { $id } stands in { $mandate }, which was not adopted earlier
    .fix = correct continues
finding-task-continues-unknown = no mandate has a task { $id }
    .fix = { $nearest ->
        [none] use the id of an earlier task
       *[other] use the id of an earlier task: { $nearest }
    }
finding-task-duplicate-unknown = { $id } is not another task of this mandate
    .fix = { $nearest ->
        [none] use the id of one
       *[other] use the id of one: { $nearest }
    }
finding-task-id-twice = id { $id } is taken already, at { $first }
    .fix = give one of the two another id
finding-template-bracket = in “{ $template }” a { $bracket } has no counterpart, or stands within another
    .fix = close every bracket; columns stand in braces, optional parts in square brackets
finding-template-column-empty = in “{ $template }” a column has no name
    .fix = write the column's name between the brackets
finding-template-constant = “{ $template }” has no column in it
    .fix = use value = for a constant
finding-text-not-utf8 = the row holds letters that are not valid in the encoding of the file
    .fix = save the whole file as UTF-8; parts of it may come from another program
finding-tile-cells = a tile has no { $value } cells along a side
    .fix = ask for cells=8, 16, 32 or 64
finding-tile-outside = there is no tile { $tile }
    .fix = ask for a zoom from 0 to { $max } and a column and row of that zoom
finding-tiles-absent = there are no tiles of { $name }
    .fix = ask for a register whose records have a place
finding-timeline-by = `{ $value }` is no stretch of time to count by
    .fix = use day, month or year
finding-timeline-too-fine = the timeline would have { $found } stretches; { $max } are allowed
    .fix = count by month or year, or narrow the time
finding-tls-ends = the node's own certificate ends in { $days } days
    .fix = start `casque serve --tls-self-made` again: it makes a new one when less than 30 days are left
finding-tls-names-wrong = no certificate can be made for { $names }: { $what }
    .fix = give --host plain names, such as casque.mission.example
finding-tls-unusable = certificate or key cannot be used: { $what }
    .fix = give a certificate and its key as PEM files, or let the node make its own with --tls-self-made
finding-token-days-wrong = a token lives for 1 to { $limit } days
    .fix = give another number of days
finding-token-name-wrong = a token’s name has 1 to { $limit } characters on one line
    .fix = give another name
finding-token-too-many = there are { $limit } tokens already
    .fix = revoke those no program uses any more
finding-token-unknown = there is no token `{ $name }`
    .fix = `casque token list` shows yours
finding-phone-key-refused = this phone’s key is not good, or no longer
    .fix = ask for a new invitation; what is on the phone stays there until it is sent
finding-phone-key-unknown = there is no key `{ $name }`
    .fix = `casque phone list` shows yours
finding-phone-key-too-many = there are { $limit } keys of phones already
    .fix = end one with `casque phone revoke`
finding-phone-no-form = there is no form that { $user } could send in
    .fix = give the user a role that may create records
finding-phone-form-unknown = there is no form `{ $name }` for this phone
    .fix = fetch the list of forms again; what is on the phone stays there
finding-phone-xml-too-large = the answers are longer than { $max } bytes
    .fix = the form is too large for a phone; send it in parts
finding-phone-xml-wrong = the document with the answers cannot be read: { $what }
    .fix = fetch the form again and fill it in anew; what came is kept on the node
finding-phone-xml-deep = the answers stand more than { $max } levels deep in each other
    .fix = fetch the form again; no form of this node is so deep
finding-phone-form-unsaid = the document does not say which form it answers
    .fix = fetch the form again and fill it in anew
finding-phone-instance-unsaid = the document has no name of its own (instanceID)
    .fix = fetch the form again and fill it in anew
finding-phone-instance-differs = other content came under the name { $instance } before; nothing was changed
    .fix = somebody at the node compares the two and retries or dismisses this one
finding-phone-answer-twice = { $field } is answered twice
    .fix = fetch the form again and fill it in anew
finding-phone-answers-unplaced = the form no longer asks { $fields }; these answers are kept with what was sent and are not in the record
    .fix = look at them with `casque phone refused`, and write into the record what belongs there
finding-phone-file-untaken = the file { $name } is empty or not what it says it is; it is kept with what was sent and not attached
    .fix = look at it with `casque phone refused --files`, and attach it if it is good
finding-phone-file-late = files came after record { $record } was deleted or left its maker’s reach; they are kept with what was sent
    .fix = restore the record and attach them, or dismiss this
finding-phone-file-too-many = there are more than { $max } files of this form
    .fix = send the rest with another form, or attach them on the pages
finding-phone-file-nameless = a file has no name, or one longer than { $max } bytes
    .fix = fetch the form again and fill it in anew
finding-phone-edit-unknown = what this replaces ({ $instance }) never came here from this user
    .fix = send the first one as well, or retry this when it is here
finding-phone-too-many = more than { $max } forms, or 4 GiB, came from this user within a day
    .fix = what is on the phone stays there; it goes through later
finding-phone-too-fast = this phone sends too fast
    .fix = wait { $seconds } seconds; what is on the phone stays there
finding-phone-parts-wrong = what came is no whole submission ({ $what })
    .fix = send it again; what is on the phone stays there
finding-phone-document-missing = a submission has one document with answers (xml_submission_file); this one has { $count }
    .fix = send it again with a program that speaks OpenRosa
finding-phone-submission-unknown = there is nothing that a phone sent under number { $name }
    .fix = `casque phone refused` lists what there is
finding-phone-submission-closed = { $submission } is in a record or closed already
    .fix = `casque phone refused` lists what is open
finding-phone-submission-closed-to = what is in { $name } is closed to you
    .fix = ask somebody who may read such a record with every sealed field it names
finding-phone-reason-missing = a reason is needed
    .fix = say why with `--reason`
finding-toml-key-missing = { $key } is missing
    .fix = add it
finding-toml-key-unknown = there is no key { $key } here
    .fix = { $nearest ->
        [none] correct or remove it
       *[other] correct or remove it; known: { $nearest }
    }
finding-toml-not-utf8 = the file is not UTF-8
    .fix = save it in UTF-8
finding-toml-number-range = { $value } cannot be the value of { $key }
    .fix = write a number in the usual range
finding-toml-syntax = this is not TOML: { $problem }
    .fix = correct the line
finding-toml-text-empty = { $key } is empty
    .fix = write something, or remove the key where it is optional
finding-toml-value-unknown = “{ $value }” is not possible here
    .fix = { $nearest ->
        [none] use one of
       *[other] use one of: { $nearest }
    }
finding-toml-wrong-type = { $key } must be of type { $expected }, not { $found }
    .fix = write it as the format asks
finding-too-many-exports = as many exports are under way as there can be
    .fix = try again when one has ended
finding-totp-active = codes are in force already
    .fix = take them away first, with your password
finding-totp-code-wrong = the code is not one of the secret just made
    .fix = check the clock of the telephone and give the code it shows now
finding-transition-author = whoever made the record may not do `{ $transition }`
    .fix = leave it to another person
finding-transition-condition = { $message }
    .fix = correct the record, or give with `{ $transition }` what is missing
finding-transition-in-conflict = `{ $field }` holds several values that did not know of each other
    .fix = settle the conflict first, then move the record on
finding-transition-needs-another = `{ $transition }` needs { $others } first, by another person
    .fix = make the record in an earlier state, and let another person move it on
finding-transition-not-from = `{ $transition }` does not begin at { $state }, where the record stands
    .fix = from there: { $transitions ->
        [none] no transition leads on
       *[other] { $transitions }
    }
finding-transition-reason = `{ $transition }` needs a reason
    .fix = say why
finding-transition-requires = `{ $transition }` needs a value in { $field }
    .fix = give the value together with the transition
finding-transition-role = `{ $transition }` is not yours to do
    .fix = it is for: { $roles }
finding-transition-same-person = whoever did `{ $other }` may not do `{ $transition }`
    .fix = leave it to another person
finding-transition-unknown = there is no transition `{ $transition }`
    .fix = { $nearest ->
        [none] use a transition of the register’s workflow
       *[other] use a transition of the register’s workflow: { $nearest }
    }
finding-translation-missing = { $name } has no words in language { $language }
    .fix = add them
finding-usage-argument-missing = missing on the command line: { $arguments }
    .fix = add it; --help of the command says what it is for
finding-usage-command-missing = a command is missing after this one
    .fix = add one of: { $known }
finding-usage-conflict = { $argument } and { $other } exclude each other
    .fix = leave one of them out
finding-usage-field-value = `{ $given }` does not have the form FIELD=VALUE
    .fix = write the field, an equals sign and the value; put it in quotes where the value has blanks
finding-usage-unknown-argument = the command knows no `{ $argument }`
    .fix = { $nearest ->
        [none] --help of the command says what it knows
       *[other] did you mean `{ $nearest }`?
    }
finding-usage-unknown-command = there is no command `{ $command }`
    .fix = { $nearest ->
        [none] `casque --help` lists the commands
       *[other] did you mean `{ $nearest }`?
    }
finding-usage-wrong = the command line cannot be understood: { $what }
    .fix = --help of the command says what it takes
finding-usage-wrong-value = `{ $value }` is not possible for { $argument }
    .fix = { $known ->
        [none] --help of the command says what it takes
       *[other] choose one of: { $known }
    }
finding-usage-yes-missing = nothing was deleted: nobody said yes
    .fix = add --yes
finding-user-display-wrong = the name people read has at most { $limit } characters on one line
    .fix = give a shorter one
finding-user-exists = there is a user `{ $user }` already
    .fix = choose another name, or change the user with `casque user change`
finding-user-last-administrator = `{ $user }` is the last administrator
    .fix = make somebody else an administrator first
finding-user-name-invalid = `{ $user }` cannot be a user's name
    .fix = begin with a lower-case letter, go on with lower-case letters, digits, `_` or `-`, 63 at most
finding-user-not-named = it is not clear who acts; administrators: { $names }
    .fix = say who with --user or CASQUE_USER
finding-user-unknown = there is no user `{ $name }`, or they are shut out
    .fix = check the name; an administrator sees all with `casque user list`
finding-workbook-bomb = the workbook unfolds to { $ratio } times its size, { $max } are allowed: it looks like an attack
    .fix = do not open it; if you trust its sender, save the sheet as CSV
finding-workbook-broken = the file is not a workbook that can be read: { $cause }
    .fix = open it in a spreadsheet program and save it as XLSX or CSV
finding-workbook-old = the workbook is of the old kind (XLS)
    .fix = open it in a spreadsheet program and save it as XLSX
finding-workbook-sheet-unknown = there is no sheet `{ $sheet }`; the workbook has { $known }
    .fix = name one of its sheets
finding-workbook-too-large = the workbook unfolds to { $bytes } bytes, { $max } are allowed
    .fix = save the sheet as CSV, which is read row by row, or split it
finding-workflow-deadline-at-once = a deadline that leaves no time would be overdue the moment the state is entered
    .fix = name the field it begins at in `of`, or leave it some time
finding-workflow-deadline-final = no transition leaves `{ $state }`, so the deadline `{ $deadline }` could never be met there
    .fix = take the state out of `states`, or add a transition that leaves it
finding-workflow-deadline-twice = workflow { $workflow } has two deadlines called `{ $name }`
    .fix = give one of them another name
finding-workflow-deadline-undated = `only_dated` speaks of the field in `of`, and this deadline names none
    .fix = name the time or date field in `of`, or take `only_dated` out
finding-workflow-field-computed = { $field } says where records stand, and the form computes it or asks it only at times
    .fix = take calculation and relevant from this question and from the groups it stands in: transitions alone move records
finding-workflow-field-edited = { $field } says where the record stands in its workflow; it is not changed by hand
    .fix = from { $from } to { $to ->
        [none] nothing
       *[other] { $to }
    } leads: { $transitions ->
        [none] no transition
       *[other] { $transitions }
    }
finding-workflow-message-alone = `condition_message` says what people read where `condition` is not true, and there is none
    .fix = add `condition`, or take the message out
finding-workflow-none = records of { $register } have no workflow
    .fix = change their fields instead
finding-workflow-role-unknown = the pack has no role `{ $name }`
    .fix = { $nearest ->
        [none] use a role of roles.toml
       *[other] use a role of roles.toml: { $nearest }
    }
finding-workflow-role-without-right = the role { $name } has no right to move records of { $register }
    .fix = grant it the action `transition` in this register, or take it out of `roles`
finding-workflow-state-name = `{ $code }` cannot be the state of a workflow: states are written in small letters, digits, `-` and `_`
    .fix = rename the code, or take another field for the workflow
finding-workflow-state-unknown = `{ $code }` is not a code of the list { $list }, so it is no state
    .fix = { $nearest ->
        [none] use a code of the list
       *[other] use a code of the list: { $nearest }
    }
finding-workflow-state-unreachable = no transition leads from `{ $start }` to `{ $state }`
    .fix = add a transition, or leave it: records made or imported with this state keep it
finding-workflow-step-drops = the transition `{ $transition }` leads from { $from } to `{ $to }`, where these may no longer be asked, and their answers would be left out: { $fields }
    .fix = let them be asked in `{ $to }` as well, or lead elsewhere
finding-workflow-step-not-asked = the transition `{ $transition }` gives `{ $field }`, which is never asked in `{ $to }`: the answer would be left out
    .fix = let the question be asked in `{ $to }`, or take it out of the transition
finding-workflow-step-nowhere = this transition leads from `{ $state }` to `{ $state }`
    .fix = take the state out of `from`, or lead to another
finding-workflow-transition-author = no transition may be called `{ $name }`: in `other_than` the word stands for whoever made the record
    .fix = give it another name
finding-workflow-transition-twice = workflow { $workflow } has two transitions called `{ $name }`
    .fix = give one of them another name
finding-workflow-transition-unknown = the workflow has no transition `{ $transition }`
    .fix = { $nearest ->
        [none] name one of its transitions
       *[other] name one of its transitions: { $nearest }
    }
