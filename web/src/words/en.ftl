### What the pages say, in English. French says the same in fr.ftl: same keys, same values; a test sees to it.

## Sign-in. Plain text only: that page carries no reader for anything more.

sign-in-title = Sign in · Casque
sign-in-name = User name
sign-in-password = Password
sign-in-code = Code
sign-in-code-hint = Six digits from your authenticator. Leave empty if you have none.
sign-in-submit = Sign in
sign-in-refused = Name, password or code is wrong.
sign-in-throttled = Too many attempts.
sign-in-wait = Try again in
sign-in-failed = The node could not sign you in. Try again, or ask the administrator.
sign-in-unreachable = The node does not answer. Check that casque is running and that you are on its network.

## Frame

skip-to-content = Skip to content
nav = Main
nav-picture = Picture
nav-mandate = Mandate
nav-users = Users
language = Language
theme-light = Light
theme-dark = Dark
sign-out = Sign out
clock = Time
clock-hint = Universal time (Zulu), and the time in the mission
session-ended = Your session has ended. What you typed is kept in this browser.
session-sign-in-again = Sign in again
mark-united-nations = United Nations
mark-fictional = Fictional · exercise
mark-exercise = Exercise
mark-exercise-day = { $title } · day { NUMBER($day) }
level-unclassified = Unclassified
level-confidential = Confidential
level-strictly-confidential = Strictly confidential

## Anywhere

loading = Loading …
try-again = Try again
failure-unreachable = The node does not answer. Check that casque is running, then try again.
failure-unknown = Something went wrong.
absent-title = There is nothing here
absent-text = The address is wrong, or the record is not there, or you may not see it.
back-to-picture = Back to the picture

## Map

map-title = Map: { $register }
map-zoom-in = Zoom in
map-zoom-out = Zoom out
map-search-here = Search this area
map-search-everywhere = Search everywhere
map-whole-mission = Whole mission
map-compass = N S E W
map-records = { $n ->
    [one] { $count } record
   *[other] { $count } records
  }
map-killed = { $n ->
    [one] { $count } killed
   *[other] { $count } killed
  }
map-figure = { $label }: { $count }
map-bounds = { $low } to { $high }
map-in-view = { $records } in view
map-not-drawn = { $n ->
    [one] { $count } too vague to draw: see the table
   *[other] { $count } too vague to draw: see the table
  }
map-imprecise = Place known only as: { $precision }
map-ungraded = Not graded
map-closer = Click to look closer
map-more = { $n ->
    [one] and { $n } more here
   *[other] and { $n } more here
  }
map-step = { $at } of { $of }: { $what }
map-nothing-here = Nothing in this part of the map
map-unable = This browser cannot draw the map: it has no WebGL 2. The table shows the same records.
map-unable-place = This browser cannot draw the map: it has no WebGL 2.
map-incomplete = Parts of the map could not be loaded.
map-sources = Map data: { $sources }.
map-not-printed = The map is not printed. The places are in the list.
map-disclaimer = Boundaries and names do not imply endorsement by the United Nations.
map-key = Key
map-key-verified = Verified, in full or in part
map-key-unverified = Not verified
map-key-refuted = Refuted
map-key-area = Place not exactly known: somewhere inside
map-key-several = Several records: how many
map-key-several-killed = Several records: how many, and below the people killed
map-key-chosen = Record looked at
map-key-searched = Area searched
map-key-disputed = Disputed boundary
map-key-sizes = Size of a mark
map-key-size-0 = Nobody known to be killed
map-key-size-1 = 1 to 9 killed
map-key-size-10 = 10 to 49 killed
map-key-size-50 = 50 killed or more
map-key-keys = Keys on the map: arrows move, + and − zoom, n and p go from mark to mark, Enter opens, s searches this area, 0 shows the whole mission. Shift and drag searches a box.
map-parts = Show
map-part-admin = Regions and districts
map-part-water = Rivers and lakes
map-part-names = Names
map-place-title = Place: { $label }
map-place-near = about { $km } km around
map-place-exact = exact place
map-place-none = No place is known.
map-place-pick = Click the map to set the place. Keys: arrows move the map, Enter takes its centre.

## Timeline

timeline-title = Records in time
timeline-axes = Above: records. Below: { $figure }.
timeline-slider = Time
timeline-keys = Arrow keys move, with Shift they extend, Enter takes the column, Escape takes all time, Home and End go to the ends.
timeline-chosen = { $span }: { $what }
timeline-empty = No record with a date
timeline-closer = Look closer
timeline-all = All time
timeline-clear = Clear
timeline-table = As table
timeline-by-day = Day
timeline-by-month = Month
timeline-by-year = Year
timeline-records = Records

## Picture

picture-title = Picture: { $register }
map = Map
map-and-key = Map and key
table = Table
table-label = { $register }: records
timeline = Timeline
register = Register
search = Search words
search-hint = Search words ( / )
count =
    { $count ->
        [0] No record
        [one] { $shown } record
       *[other] { $shown } records
    }
asking = Asking …
clear-filters = Clear filters
view = View
view-all = Map and table
view-map = Map
view-table = Table
export = Export
export-csv = CSV
export-xlsx = Workbook (XLSX)
export-geojson = GeoJSON
export-csv-gz = CSV, compressed
new-record = New record
filters = Filters
filter-dates = Date
filter-from = From
filter-to = To
day-form = yyyy-mm-dd
day-wrong = Write a day as 2018-03-01, a month as 2018-03 or a year as 2018.
filter-area = Area
filter-area-level = Level of area
filter-level = Level { $level }
filter-map-area = Within the area of the map
filter-remove = Remove
filter-nothing = Nothing to choose
show-all = Show all { $count }
show-fewer = Show fewer
sort-turn = Turn the order round
conflict = Conflict
shape-line = Line
shape-area = Area
empty-narrowed = No record answers. Take a filter away, or widen the dates.
empty-register = There is no record yet. Import a file with casque import, or enter the first one here.
preview = Selected record
record-untitled = No title
open-record = Open
close = Close
keys = Keys
key-search = Search words
key-next = Next record
key-previous = Previous record
key-open = Open the record
key-new = New record
key-close = Close what is open
key-help = This list
key-name-enter = Enter
keys-single = These keys work everywhere on the page
key-name-escape = Esc

## Record

record = Record
record-deleted = Deleted
record-changed = Last changed { $at } by { $user }
record-no-values = This record has no values.
edit = Edit
print = Print
raw-json = Raw JSON
delete = Delete
delete-title = Delete this record?
delete-text = It leaves lists, maps and counts. Its history stays, with your name and your reason.
cancel = Cancel
reason = Reason
reason-optional = Reason (may be left empty)
show-empty-fields = Show empty fields
hide-empty-fields = Hide empty fields
conflicts-title = Values in conflict
conflicts-text = These values were entered by people who did not see each other’s. All are kept until somebody settles which stands.
another-value = Another value
settle = Settle
sealed = (sealed)
no-value = (no value)
said-by = { $user }, { $at }
comments = Comments
comments-none = No comment yet.
comment-new = Write a comment
comment-send = Add comment
attachments = Attachments
attachments-none = No file attached.
attach = Attach files (up to { $max } each)
attaching = Sending { $name } …
history = History
history-none = No history.
by-import = by import
fields-count =
    { $count ->
        [one] { $count } field
       *[other] { $count } fields
    }
field = Field
value-new = New value
value-before = Value it replaced
act-set = set values
act-delete = deleted the record
act-restore = restored the record
act-remove = removed an earlier step
act-transition = moved it on:
act-comment = commented
act-attach = attached
act-link = linked a record
act-erase = erased content
act-batch = imported a file
act-pack = changed the pack
act-member = changed the members
act-locked = made a step you may not read
act-unknown = made a step this version does not know
act-erased = made a step whose content was erased

## Form

new-title = New record: { $register }
edit-title = Edit record
back-to-record = Back to the record
required = required
yes = Yes
no = No
input-day = Day
input-clock = Time (UTC)
clock-form = hh:mm
latitude = Latitude
longitude = Longitude
grid = MGRS
grid-form = 30Q ZD 15880 01273
grid-wrong = Write a grid reference as 30Q ZD 15880 01273, with as many digits north as east.
choose-on-map = Choose on the map
save = Save
saving = Saving …
draft-kept = Not saved yet. Kept in this browser.
nav-drafts = To send ({ $count })
node-away = The node does not answer at the moment. Go on working: what you write is kept in this browser, and sent when the node answers again.
sign-out-drafts =
    { $count ->
        [one] One draft in this browser was not sent
       *[other] { $count } drafts in this browser were not sent
    }
sign-out-drafts-text = They lie here as they are written: whoever uses this browser can read them. If you keep them, they are there when you sign in here again.
sign-out-keep = Keep them and sign out
sign-out-remove = Throw them away and sign out
drafts-title = Drafts and things to send
drafts-hint = They are kept in this browser only, not encrypted, until the node has them or you throw them away.
drafts-none = Nothing waits here.
drafts-send-now = Try to send now
draft-waits = Saved in this browser. It is sent by itself as soon as the node answers; you can close this page.
draft-sent = Sent: { $register }.
draft-see = See the record
draft-nameless = Without a title
draft-new = new record
draft-change = change to a record
draft-touched = written { $at }
draft-is-writing = Not saved yet.
draft-is-waiting = Waits to be sent.
draft-is-refused = The node did not take it. Open it, mend what it says, and save again.
draft-open = Open
draft-discard-sure = Yes, throw it away
draft-restored = What you typed on { $at } and did not save is back.
draft-discard = Throw it away
draft-not-kept = This browser has no room to keep what you type. Save soon, and do not close the page.
findings-title =
    { $count ->
        [one] One thing must be mended
       *[other] { $count } things must be mended
    }
row-add = Add
row-remove = Remove
row-remove-sure = Yes, remove it
row-up = Move up
row-down = Move down
row-added = Row { $row } added.
row-removed = Row { $row } removed. Rows left: { $count }.
row-moved = Row { $row } is now row { $to }.
answer-missing = An answer is needed.
answer-not-allowed = This answer is not allowed here.
clash-title = { $user } saved this record while you were writing
clash-text = These fields were changed by both. Choose which value to keep. Your other changes stay.
clash-none = None of the fields you changed was touched. Your changes can go on top.
clash-mine = Yours
clash-theirs = Theirs
clash-go-on = Save with these choices

## Mandate

mandate-all = Resolutions
mandate-none = This mission’s pack has no resolution.
mandate-fictional = Exercise
mandate-compare-with = Compare with
mandate-compare = Compare
mandate-swap = The other way round
mandate-adopted = Adopted
mandate-until = Term ends
mandate-chapter = Chapter
mandate-replaces = Takes the place of
mandate-source = Source
mandate-ceilings = Ceilings
mandate-category = Category
mandate-category-military = Military
mandate-category-police = Police
mandate-category-civilian = Civilian
mandate-category-uniformed = Uniformed
mandate-change = Change
mandate-kind-objective = Objectives
mandate-kind-task = Tasks
mandate-kind-force-generation = Force generation
mandate-task = Id
mandate-text = What is asked
mandate-continues = Continues
mandate-priority = Priority
mandate-same-as = (says the same as { $id })
mandate-no-text = No text
mandate-tasks-unknown = The tasks of this resolution have not been entered. That does not mean that it has none.
mandate-issues = Cross-cutting issues
mandate-issues-hint = They touch every task.
mandate-diff-title = From { $from } to { $to }
mandate-diff-unknown = Tasks not entered: { $which }. What is shown as added or dropped may not be.
mandate-totals = Tasks: { $changed } changed, { $added } added, { $dropped } dropped, { $kept } kept.
mandate-changed = Changed
mandate-added = Added
mandate-dropped = Dropped
mandate-kept = Kept
mandate-nothing = Not there

## Account

account-title = My account
account-name = Name
account-roles = Roles
account-clearance = Clearance
account-areas = Areas
account-compartments = Compartments
account-password = Password
account-password-old = Present password
account-password-new = New password
account-password-again = New password again
account-password-differs = The two are not the same.
account-password-change = Change password
account-password-done = Your password is changed. Your other sessions have ended.
account-codes = One-time codes
account-codes-are-on = Signing in asks for a code from your generator.
account-codes-are-off = Signing in asks for your password only.
account-codes-begin = Set up a code generator
account-codes-scan = Scan this with the generator on your phone, or type the key.
account-codes-picture = QR code with the key of your generator
account-codes-key = Key:
account-codes-confirm = Code it shows now
account-codes-take = Take into use
account-codes-remove = Stop using codes
account-codes-password = Your password
account-codes-on = From now on signing in asks for a code.
account-codes-off = Signing in no longer asks for a code.
account-tokens = Tokens for programs
account-tokens-hint = A program that shows a token acts in your name, within its scope and your rights.
account-tokens-none = You have no token.
account-token-name = Name of the token
account-token-scope = Scope
account-token-created = Made
account-token-expires = Expires
account-token-used = Last used
account-token-never = never
account-token-days = Days it is valid
account-token-make = Make a token
account-token-once = Copy this token now: it is shown only once.
account-token-kept = I have it
account-token-revoke = Revoke
account-token-revoke-sure = Revoke for good
account-token-revoked = The token { $name } is revoked.
account-scope-read = Read
account-scope-write = Read and write
account-scope-admin = All, with administration

## Users

users-add = Add a user
users-add-do = Add
users-display = Name as shown
users-change = Change { $name }
users-change-hint = Who is given other rights has to sign in again.
users-areas-hint = None chosen: everywhere.
users-everywhere = everywhere
users-state = State
users-on = may sign in
users-off = shut out
users-codes = with codes
users-deeds = What can be done
users-edit = Change
users-new-password = New password
users-lost-codes = Codes lost
users-disable = Shut out
users-enable = Let in
users-sure-password = Make a new password
users-sure-totp = Take the codes away
users-sure-disable = Shut out now
users-saved = { $name }: saved
users-password-once = Password of { $name }: pass it on now, it is shown only once.
users-password-passed-on = I have passed it on

## Printing

print-rows = { $shown } of { $all } records.
print-rest = Export the register for the rest.
print-from = from { $day }
print-to = until { $day }
print-area = area { $bounds }

## What phones sent

nav-phone = Phones
nav-phone-count = Phones ({ $count })
phone-title = What phones sent and somebody has to look at
phone-hint = What phones send becomes a record by itself. What could not, or not whole, is kept here until somebody tries it again or closes it.
phone-count =
    { $count ->
        [0] Nothing that a phone sent waits for somebody.
        [one] One thing that a phone sent, and that somebody has to look at.
       *[other] { $count } things that phones sent, the latest first.
    }
phone-received = Received
phone-from = From
phone-form = Form
phone-form-untold = not told
phone-state = State
phone-findings = What is wrong with it
phone-is-refused = In no record
phone-is-waiting = Waits for files
phone-is-partly = Partly in a record
phone-is-dismissed = Closed
phone-is-made = In a record
phone-one-title = Sent by a phone
phone-one = { $form }, sent by { $user }
phone-back = Back to what phones sent
phone-device = Phone
phone-instance = Name on the phone
phone-document = Document as it came
phone-closed = What is in it is for those who may read such a record with every sealed field it names.
phone-files = Files
phone-file = A file
phone-notes = What was done about it
phone-note-retried = Tried again
phone-note-dismissed = Closed
phone-retry = Try again
phone-retry-text = It is held against the form and the rights of whoever sent it as they are now, and becomes a record in their name where it fits. Your name and your reason are kept.
phone-dismiss = Close it
phone-dismiss-text = It stays on the node and is listed no more. Your name and your reason are kept.
phone-dismissed = It is closed. It stays on the node and is listed no more.
phone-made = It is in a record now.
phone-still = It still makes no record: see below what is wrong with it.

## Overdue

nav-overdue = Overdue
nav-overdue-count = Overdue ({ $count })
overdue-title = Overdue
overdue-register = Register
overdue-all = All registers
overdue-mine = Only what I am to act on
overdue-count =
    { $count ->
        [0] Nothing is overdue.
        [one] One record is overdue.
       *[other] { $count } records are overdue, the longest first.
    }
overdue-state = Stands at
overdue-deadline = Was due
overdue-since = Overdue by
overdue-who = Who is to act
field-closed = You may write this and not read it back: what is saved is kept from everybody outside of its compartment.
field-sealed = Only its compartment reads this.
overdue-anybody = Whoever may move it on
clock-overdue = Overdue by { $span }
clock-left = { $span } left
clock-due = Due
clock-stands = Stands here for
clock-escalated = Passed up to
file-limit = up to { $max } each
file-take-photo = Take a photo
file-may-not = You may not attach files here.
file-not-here = Files are attached on the page of the record.
file-reading = Reading { $name } …
file-kept = { $name } is kept in this browser until it is sent.
file-removed = { $name } was taken out.
file-remove = Take out
file-empty = { $name } is empty and was not taken.
file-too-large = { $name } has { $size }. Files of up to { $max } are taken.
file-unreadable = { $name } could not be read from your disk and was not taken.
file-no-room = This browser has no room to keep { $name } ({ $size }; { $left } left). Free some disk space and choose it again, or save first and attach it on the page of the record.
file-unknown = A file that this record does not have here.
file-picture = Picture of { $name }
file-fingerprint = Fingerprint
file-gone = Its content is no longer in this browser. Choose the file again.
file-damaged = It arrived damaged. Send it again.
file-sent = sent
file-waits = waits to be sent
file-refused = not taken
file-save = Save to disk
files-other = Other files
files-refused = The record is filed. Not all of its files were taken.
files-on-the-way = Files of this record that wait in this browser to be sent
files-send-again = Send again
files-discard = Throw away what was not taken
camera-claims = What the camera claims
camera-no-zone = { $at } on its own clock, which says no zone; read in { $zone }: { $utc }
camera-satellite = { $at }, by satellite
camera-use-place = Use as “{ $field }”
camera-use-time = Use as “{ $field }”
camera-use-sure = Yes, put it in place of what is there
camera-used = Taken over into “{ $field }”.
left-out-title = Saved. The form left this out:
node-away-as = The node does not answer. You work here as { $user }, as it was at { $at }; whether you are still signed in is seen when it answers. What you save is kept and sent then.
pages-renewed = The node has newer pages. What you typed is kept.
pages-reload = Load them
failure-drafts-kept = What was written here and not sent is kept in this browser, and is there again when the node answers and you sign in.
shape-form-line = A corner on each line, in the order they are passed: latitude and longitude, or a grid reference. GeoJSON is read as well.
shape-form-area = A corner on each line, around the area: latitude and longitude, or a grid reference. GeoJSON is read as well.
shape-draw = Draw on the map
shape-corners =
    { $count ->
        [one] 1 corner.
       *[other] { $count } corners.
    }
shape-corner = Corner { $at } of { $of }: { $where }
shape-length = { $km } km long.
shape-surface = { $km } km around, { $km2 } km².
shape-wrong = No place is named by “{ $part }”.
shape-elaborate = This has several parts or holes: it is kept as it is, and changed as GeoJSON only.
shape-add = Add a corner in the middle
shape-next = Next corner
shape-move = Move it to the middle
shape-remove = Remove it
shape-undo = Undo
shape-keys = Click to add a corner, drag to move one. Keys on the map: arrows move it, Enter adds a corner in its middle, N and P go through the corners, M moves the chosen one to the middle, Delete removes it, Ctrl+Z undoes.
shape-unable = This browser cannot draw maps. Write the corners above.
month-form = 2018-03
year-form = 2018
no-answer = No answer
attachment-original = as it came
alike-typing = { $count ->
        [one] One record may be about the same
       *[other] { $count } records may be about the same
    }
alike-title = May be about the same
alike-score = { $score } of 100
alike-metres = { $count } m apart
alike-kilometres = { $count } km apart
alike-time = { $hours } h apart
alike-same = same: { $field }
alike-words = both say: { $words }
alike-merge = Merge into this one
alike-distinct = They are two
alike-merge-title = Merge two records
alike-merge-text = This record is kept. The other one leaves every list and points here; both histories stay, and it can be taken back.
alike-take = Take over from the other
merged-away = This record was merged into another.
merged-edited = This record was merged into another, and somebody who did not know of that changed it.
merged-kept = Open the one that is kept
merged-part = Take the merge back
merged-part-text = It comes back into the lists, and what was taken over from it has its former value. Changes made since stay.
merged-title = Merged into this record
merged-by = { $at } by { $user }
