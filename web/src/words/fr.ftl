### Ce que disent les pages, en français. Mêmes clés et mêmes valeurs que dans en.ftl ; un test y veille.

## Connexion. Texte simple seulement : cette page n’a pas de lecteur pour autre chose.

sign-in-title = Connexion · Casque
sign-in-name = Nom d’utilisateur
sign-in-password = Mot de passe
sign-in-code = Code
sign-in-code-hint = Six chiffres de votre application d’authentification. Laisser vide si vous n’en avez pas.
sign-in-submit = Se connecter
sign-in-refused = Le nom, le mot de passe ou le code est faux.
sign-in-throttled = Trop de tentatives.
sign-in-wait = Réessayez dans
sign-in-failed = Le nœud n’a pas pu vous connecter. Réessayez ou adressez-vous à l’administrateur.
sign-in-unreachable = Le nœud ne répond pas. Vérifiez que casque fonctionne et que vous êtes sur son réseau.

## Cadre

skip-to-content = Aller au contenu
nav = Principal
nav-picture = Situation
nav-mandate = Mandat
nav-users = Utilisateurs
language = Langue
theme-light = Clair
theme-dark = Sombre
sign-out = Se déconnecter
clock = Heure
clock-hint = Temps universel (Zulu) et heure de la mission
session-ended = Votre session a pris fin. Ce que vous avez saisi est conservé dans ce navigateur.
session-sign-in-again = Se reconnecter
mark-united-nations = Nations Unies
mark-fictional = Fictif · exercice
mark-exercise = Exercice
mark-exercise-day = { $title } · jour { NUMBER($day) }
level-unclassified = Non classifié
level-confidential = Confidentiel
level-strictly-confidential = Strictement confidentiel

## Partout

loading = Chargement …
try-again = Réessayer
failure-unreachable = Le nœud ne répond pas. Vérifiez que casque fonctionne, puis réessayez.
failure-unknown = Une erreur s’est produite.
absent-title = Il n’y a rien ici
absent-text = L’adresse est fausse, ou la fiche n’existe pas, ou vous n’avez pas le droit de la voir.
back-to-picture = Retour à la situation

## Carte

map-title = Carte : { $register }
map-zoom-in = Agrandir
map-zoom-out = Réduire
map-search-here = Chercher dans cette zone
map-search-everywhere = Chercher partout
map-whole-mission = Toute la mission
map-compass = N S E O
map-records = { $n ->
    [one] { $count } fiche
   *[other] { $count } fiches
  }
map-killed = { $n ->
    [one] { $count } mort
   *[other] { $count } morts
  }
map-figure = { $label } : { $count }
map-bounds = { $low } à { $high }
map-in-view = { $records } dans la vue
map-not-drawn = { $n ->
    [one] { $count } trop vague pour être dessinée : voir le tableau
   *[other] { $count } trop vagues pour être dessinées : voir le tableau
  }
map-imprecise = Lieu connu seulement ainsi : { $precision }
map-ungraded = Sans degré de vérification
map-closer = Cliquer pour voir de plus près
map-more = { $n ->
    [one] et { $n } autre ici
   *[other] et { $n } autres ici
  }
map-step = { $at } sur { $of } : { $what }
map-nothing-here = Rien dans cette partie de la carte
map-unable = Ce navigateur ne peut pas dessiner la carte : il n’a pas WebGL 2. Le tableau montre les mêmes fiches.
map-unable-place = Ce navigateur ne peut pas dessiner la carte : il n’a pas WebGL 2.
map-incomplete = Des parties de la carte n’ont pas pu être chargées.
map-sources = Données de la carte : { $sources }.
map-not-printed = La carte n’est pas imprimée. Les lieux figurent dans la liste.
map-disclaimer = Les frontières et les noms n’impliquent pas l’aval des Nations Unies.
map-key = Légende
map-key-verified = Vérifié, en tout ou en partie
map-key-unverified = Non vérifié
map-key-refuted = Réfuté
map-key-area = Lieu connu sans exactitude : quelque part à l’intérieur
map-key-several = Plusieurs fiches : leur nombre
map-key-several-killed = Plusieurs fiches : leur nombre et, dessous, les morts
map-key-chosen = Fiche consultée
map-key-searched = Zone de recherche
map-key-disputed = Frontière contestée
map-key-sizes = Taille d’un signe
map-key-size-0 = Aucun mort connu
map-key-size-1 = 1 à 9 morts
map-key-size-10 = 10 à 49 morts
map-key-size-50 = 50 morts ou plus
map-key-keys = Touches sur la carte : les flèches déplacent, + et − changent l’échelle, n et p vont de signe en signe, Entrée ouvre, s cherche dans cette zone, 0 montre toute la mission. Majuscule et glisser : chercher dans un cadre.
map-parts = Afficher
map-part-admin = Régions et cercles
map-part-water = Fleuves et lacs
map-part-names = Noms
map-place-title = Lieu : { $label }
map-place-near = environ { $km } km autour
map-place-exact = lieu exact
map-place-none = Aucun lieu n’est connu.
map-place-pick = Cliquez sur la carte pour fixer le lieu. Touches : les flèches déplacent la carte, Entrée prend son centre.

## Chronologie

timeline-title = Fiches dans le temps
timeline-axes = En haut : fiches. En bas : { $figure }.
timeline-slider = Temps
timeline-keys = Les flèches déplacent, avec Majuscule elles étendent, Entrée prend la colonne, Échap prend toute la période, Origine et Fin vont aux extrémités.
timeline-chosen = { $span } : { $what }
timeline-empty = Aucune fiche datée
timeline-closer = Voir de plus près
timeline-all = Toute la période
timeline-clear = Effacer
timeline-table = En tableau
timeline-by-day = Jour
timeline-by-month = Mois
timeline-by-year = Année
timeline-records = Fiches

## Situation

picture-title = Situation : { $register }
map = Carte
map-and-key = Carte et légende
table = Tableau
table-label = { $register } : fiches
timeline = Chronologie
register = Registre
search = Chercher des mots
search-hint = Chercher des mots ( / )
count =
    { $count ->
        [0] Aucune fiche
        [one] { $shown } fiche
       *[other] { $shown } fiches
    }
asking = Recherche …
clear-filters = Effacer les filtres
view = Vue
view-all = Carte et tableau
view-map = Carte
view-table = Tableau
export = Exporter
export-csv = CSV
export-xlsx = Classeur (XLSX)
export-geojson = GeoJSON
export-csv-gz = CSV compressé
new-record = Nouvelle fiche
filters = Filtres
filter-dates = Date
filter-from = Du
filter-to = Au
day-form = aaaa-mm-jj
day-wrong = Écrivez un jour comme 2018-03-01, un mois comme 2018-03 ou une année comme 2018.
filter-area = Zone
filter-area-level = Niveau de la zone
filter-level = Niveau { $level }
filter-map-area = Dans la zone de la carte
filter-remove = Retirer
filter-nothing = Rien à choisir
show-all = Tout montrer ({ $count })
show-fewer = Montrer moins
sort-turn = Inverser l’ordre
conflict = Conflit
shape-line = Ligne
shape-area = Surface
empty-narrowed = Aucune fiche ne répond. Retirez un filtre ou élargissez les dates.
empty-register = Il n’y a pas encore de fiche. Importez un fichier avec casque import, ou saisissez la première ici.
preview = Fiche choisie
record-untitled = Sans titre
open-record = Ouvrir
close = Fermer
keys = Touches
key-search = Chercher des mots
key-next = Fiche suivante
key-previous = Fiche précédente
key-open = Ouvrir la fiche
key-new = Nouvelle fiche
key-close = Fermer ce qui est ouvert
key-help = Cette liste
key-name-enter = Entrée
keys-single = Ces touches agissent partout sur la page
key-name-escape = Échap

## Fiche

record = Fiche
record-deleted = Supprimée
record-changed = Modifiée en dernier le { $at } par { $user }
record-no-values = Cette fiche n’a pas de valeurs.
edit = Modifier
print = Imprimer
raw-json = JSON brut
delete = Supprimer
delete-title = Supprimer cette fiche ?
delete-text = Elle disparaît des listes, des cartes et des décomptes. Son historique reste, avec votre nom et votre motif.
cancel = Annuler
reason = Motif
reason-optional = Motif (facultatif)
show-empty-fields = Montrer les champs vides
hide-empty-fields = Masquer les champs vides
conflicts-title = Valeurs en conflit
conflicts-text = Ces valeurs ont été saisies par des personnes qui ne voyaient pas celles des autres. Toutes sont conservées jusqu’à ce que quelqu’un tranche.
another-value = Une autre valeur
settle = Trancher
sealed = (scellé)
no-value = (aucune valeur)
said-by = { $user }, { $at }
comments = Commentaires
comments-none = Aucun commentaire.
comment-new = Écrire un commentaire
comment-send = Ajouter le commentaire
attachments = Pièces jointes
attachments-none = Aucun fichier joint.
attach = Joindre des fichiers ({ $max } au plus chacun)
attaching = Envoi de { $name } …
history = Historique
history-none = Aucun historique.
by-import = par import
fields-count =
    { $count ->
        [one] { $count } champ
       *[other] { $count } champs
    }
field = Champ
value-new = Nouvelle valeur
value-before = Valeur remplacée
act-set = a donné des valeurs
act-delete = a supprimé la fiche
act-restore = a rétabli la fiche
act-remove = a retiré une étape antérieure
act-transition = l’a fait avancer :
act-comment = a commenté
act-attach = a joint
act-link = a lié une fiche
act-erase = a effacé du contenu
act-batch = a importé un fichier
act-pack = a changé le paquet
act-member = a changé les membres
act-locked = a fait une étape que vous n’avez pas le droit de lire
act-unknown = a fait une étape que cette version ne connaît pas
act-erased = a fait une étape dont le contenu a été effacé

## Formulaire

new-title = Nouvelle fiche : { $register }
edit-title = Modifier la fiche
back-to-record = Retour à la fiche
required = obligatoire
yes = Oui
no = Non
input-day = Jour
input-clock = Heure (UTC)
clock-form = hh:mm
latitude = Latitude
longitude = Longitude
grid = MGRS
grid-form = 30Q ZD 15880 01273
grid-wrong = Écrivez des coordonnées MGRS comme 30Q ZD 15880 01273, avec autant de chiffres vers le nord que vers l’est.
choose-on-map = Choisir sur la carte
save = Enregistrer
saving = Enregistrement …
draft-kept = Pas encore enregistré. Conservé dans ce navigateur.
nav-drafts = À envoyer ({ $count })
node-away = Le nœud ne répond pas pour le moment. Continuez à travailler : ce que vous écrivez est gardé dans ce navigateur, et envoyé dès que le nœud répond.
sign-out-drafts =
    { $count ->
        [one] Un brouillon de ce navigateur n’a pas été envoyé
       *[other] { $count } brouillons de ce navigateur n’ont pas été envoyés
    }
sign-out-drafts-text = Ils se trouvent ici tels quels : toute personne utilisant ce navigateur peut les lire. Si vous les gardez, vous les retrouverez en vous reconnectant ici.
sign-out-keep = Les garder et se déconnecter
sign-out-remove = Les jeter et se déconnecter
drafts-title = Brouillons et envois en attente
drafts-hint = Ils ne sont gardés que dans ce navigateur, sans chiffrement, jusqu’à ce que le nœud les ait reçus ou que vous les jetiez.
drafts-none = Rien en attente.
drafts-send-now = Essayer d’envoyer maintenant
draft-waits = Enregistré dans ce navigateur. L’envoi se fera de lui-même dès que le nœud répondra ; vous pouvez fermer cette page.
draft-sent = Envoyé : { $register }.
draft-see = Voir la fiche
draft-nameless = Sans titre
draft-new = nouvelle fiche
draft-change = modification d’une fiche
draft-touched = écrit le { $at }
draft-is-writing = Pas encore enregistré.
draft-is-waiting = En attente d’envoi.
draft-is-refused = Le nœud ne l’a pas accepté. Ouvrez-le, corrigez ce qui est indiqué, puis enregistrez de nouveau.
draft-open = Ouvrir
draft-discard-sure = Oui, jeter
draft-restored = Ce que vous aviez saisi le { $at } sans l’enregistrer est de retour.
draft-discard = L’abandonner
draft-not-kept = Ce navigateur n’a plus de place pour conserver votre saisie. Enregistrez vite et ne fermez pas la page.
findings-title =
    { $count ->
        [one] Une chose est à corriger
       *[other] { $count } choses sont à corriger
    }
row-add = Ajouter
row-remove = Retirer
row-remove-sure = Oui, retirer
row-up = Monter
row-down = Descendre
row-added = Ligne { $row } ajoutée.
row-removed = Ligne { $row } retirée. Lignes restantes : { $count }.
row-moved = La ligne { $row } est maintenant la ligne { $to }.
answer-missing = Une réponse est nécessaire.
answer-not-allowed = Cette réponse n’est pas admise ici.
clash-title = { $user } a enregistré cette fiche pendant que vous écriviez
clash-text = Ces champs ont été modifiés des deux côtés. Choisissez la valeur à garder. Vos autres modifications restent.
clash-none = Aucun des champs que vous avez modifiés n’a été touché. Vos modifications peuvent s’ajouter.
clash-mine = La vôtre
clash-theirs = La leur
clash-go-on = Enregistrer avec ces choix

## Mandat

mandate-all = Résolutions
mandate-none = Le dossier de cette mission n’a aucune résolution.
mandate-fictional = Exercice
mandate-compare-with = Comparer avec
mandate-compare = Comparer
mandate-swap = Dans l’autre sens
mandate-adopted = Adoptée
mandate-until = Fin du mandat
mandate-chapter = Chapitre
mandate-replaces = Remplace
mandate-source = Source
mandate-ceilings = Plafonds
mandate-category = Catégorie
mandate-category-military = Militaires
mandate-category-police = Police
mandate-category-civilian = Civils
mandate-category-uniformed = En uniforme
mandate-change = Évolution
mandate-kind-objective = Objectifs
mandate-kind-task = Tâches
mandate-kind-force-generation = Constitution des forces
mandate-task = Code
mandate-text = Ce qui est demandé
mandate-continues = Poursuit
mandate-priority = Priorité
mandate-same-as = (dit la même chose que { $id })
mandate-no-text = Sans texte
mandate-tasks-unknown = Les tâches de cette résolution n’ont pas été saisies. Cela ne veut pas dire qu’elle n’en a pas.
mandate-issues = Questions transversales
mandate-issues-hint = Elles concernent toutes les tâches.
mandate-diff-title = De { $from } à { $to }
mandate-diff-unknown = Tâches non saisies : { $which }. Ce qui figure comme ajouté ou abandonné ne l’est peut-être pas.
mandate-totals = Tâches : { $changed } modifiées, { $added } ajoutées, { $dropped } abandonnées, { $kept } maintenues.
mandate-changed = Modifiée
mandate-added = Ajoutée
mandate-dropped = Abandonnée
mandate-kept = Maintenue
mandate-nothing = Absente

## Compte

account-title = Mon compte
account-name = Nom
account-roles = Rôles
account-clearance = Habilitation
account-areas = Zones
account-compartments = Compartiments
account-password = Mot de passe
account-password-old = Mot de passe actuel
account-password-new = Nouveau mot de passe
account-password-again = Nouveau mot de passe, encore une fois
account-password-differs = Les deux ne sont pas identiques.
account-password-change = Changer le mot de passe
account-password-done = Votre mot de passe est changé. Vos autres sessions ont pris fin.
account-codes = Codes à usage unique
account-codes-are-on = La connexion demande un code de votre générateur.
account-codes-are-off = La connexion ne demande que votre mot de passe.
account-codes-begin = Installer un générateur de codes
account-codes-scan = Scannez ceci avec le générateur de votre téléphone, ou saisissez la clé.
account-codes-picture = Code QR contenant la clé de votre générateur
account-codes-key = Clé :
account-codes-confirm = Code affiché maintenant
account-codes-take = Mettre en service
account-codes-remove = Ne plus utiliser de codes
account-codes-password = Votre mot de passe
account-codes-on = La connexion demandera désormais un code.
account-codes-off = La connexion ne demande plus de code.
account-tokens = Jetons pour programmes
account-tokens-hint = Un programme qui présente un jeton agit en votre nom, dans les limites de sa portée et de vos droits.
account-tokens-none = Vous n’avez aucun jeton.
account-token-name = Nom du jeton
account-token-scope = Portée
account-token-created = Créé
account-token-expires = Expire
account-token-used = Dernier usage
account-token-never = jamais
account-token-days = Jours de validité
account-token-make = Créer un jeton
account-token-once = Copiez ce jeton maintenant : il n’est montré qu’une fois.
account-token-kept = Je l’ai
account-token-revoke = Révoquer
account-token-revoke-sure = Révoquer définitivement
account-token-revoked = Le jeton { $name } est révoqué.
account-scope-read = Lecture
account-scope-write = Lecture et écriture
account-scope-admin = Tout, avec l’administration

## Utilisateurs

users-add = Ajouter un utilisateur
users-add-do = Ajouter
users-display = Nom affiché
users-change = Modifier { $name }
users-change-hint = Qui reçoit d’autres droits doit se reconnecter.
users-areas-hint = Aucune choisie : partout.
users-everywhere = partout
users-state = État
users-on = peut se connecter
users-off = exclu
users-codes = avec codes
users-deeds = Ce qui peut être fait
users-edit = Modifier
users-new-password = Nouveau mot de passe
users-lost-codes = Codes perdus
users-disable = Exclure
users-enable = Réadmettre
users-sure-password = Créer un nouveau mot de passe
users-sure-totp = Retirer les codes
users-sure-disable = Exclure maintenant
users-saved = { $name } : enregistré
users-password-once = Mot de passe de { $name } : transmettez-le maintenant, il n’est montré qu’une fois.
users-password-passed-on = Je l’ai transmis

## Impression

print-rows = { $shown } fiches sur { $all }.
print-rest = Pour le reste, exporter le registre.
print-from = à partir du { $day }
print-to = jusqu’au { $day }
print-area = zone { $bounds }

## Envois des téléphones

nav-phone = Téléphones
nav-phone-count = Téléphones ({ $count })
phone-title = Envois des téléphones à examiner
phone-hint = Ce que les téléphones envoient devient une fiche de soi-même. Ce qui n’a pas pu le devenir, ou pas en entier, est gardé ici jusqu’à ce que quelqu’un fasse un nouvel essai ou le ferme.
phone-count =
    { $count ->
        [0] Aucun envoi de téléphone n’attend d’être examiné.
        [one] Un envoi de téléphone à examiner.
       *[other] { $count } envois de téléphones, le plus récent d’abord.
    }
phone-received = Reçu
phone-from = De
phone-form = Formulaire
phone-form-untold = non indiqué
phone-state = État
phone-findings = Ce qui ne va pas
phone-is-refused = Dans aucune fiche
phone-is-waiting = Attend des fichiers
phone-is-partly = En partie dans une fiche
phone-is-dismissed = Fermé
phone-is-made = Dans une fiche
phone-one-title = Envoi d’un téléphone
phone-one = { $form }, envoyé par { $user }
phone-back = Retour aux envois des téléphones
phone-device = Téléphone
phone-instance = Nom sur le téléphone
phone-document = Document tel que reçu
phone-closed = Son contenu est réservé à qui peut lire une telle fiche avec chaque champ scellé qu’elle nomme.
phone-files = Fichiers
phone-file = Un fichier
phone-notes = Ce qui a été fait
phone-note-retried = Nouvel essai
phone-note-dismissed = Fermé
phone-retry = Essayer de nouveau
phone-retry-text = L’envoi est confronté au formulaire et aux droits actuels de qui l’a envoyé, et devient une fiche en son nom s’il convient. Votre nom et votre motif sont conservés.
phone-dismiss = Fermer
phone-dismiss-text = L’envoi reste sur le nœud et n’est plus listé. Votre nom et votre motif sont conservés.
phone-dismissed = L’envoi est fermé. Il reste sur le nœud et n’est plus listé.
phone-made = Il est maintenant dans une fiche.
phone-still = Il ne donne toujours pas de fiche : voir ci-dessous ce qui ne va pas.

## En retard

nav-overdue = En retard
nav-overdue-count = En retard ({ $count })
overdue-title = En retard
overdue-register = Registre
overdue-all = Tous les registres
overdue-mine = Seulement ce qui m’attend
overdue-count =
    { $count ->
        [0] Rien n’est en retard.
        [one] Une fiche est en retard.
       *[other] { $count } fiches sont en retard, la plus ancienne échéance d’abord.
    }
overdue-state = État
overdue-deadline = Échéance
overdue-since = Retard
overdue-who = Qui doit agir
field-closed = Vous pouvez saisir ceci et non le relire : une fois enregistré, seul son compartiment y a accès.
field-sealed = Seul son compartiment peut lire ceci.
overdue-anybody = Quiconque peut la faire avancer
clock-overdue = En retard de { $span }
clock-left = Reste { $span }
clock-due = Échéance
clock-stands = Dans cet état depuis
clock-escalated = Transmis à
file-limit = { $max } au plus chacun
file-take-photo = Prendre une photo
file-may-not = Vous ne pouvez pas joindre de fichiers ici.
file-not-here = Les fichiers se joignent sur la page de la fiche.
file-reading = Lecture de { $name } …
file-kept = { $name } est conservé dans ce navigateur jusqu’à son envoi.
file-removed = { $name } a été retiré.
file-remove = Retirer
file-empty = { $name } est vide et n’a pas été pris.
file-too-large = { $name } pèse { $size }. Les fichiers sont acceptés jusqu’à { $max }.
file-unreadable = { $name } n’a pas pu être lu sur votre disque et n’a pas été pris.
file-no-room = Ce navigateur n’a pas la place de conserver { $name } ({ $size } ; reste { $left }). Libérez de l’espace disque et choisissez-le de nouveau, ou enregistrez d’abord et joignez-le sur la page de la fiche.
file-unknown = Un fichier que cette fiche n’a pas ici.
file-picture = Image de { $name }
file-fingerprint = Empreinte
file-gone = Son contenu n’est plus dans ce navigateur. Choisissez le fichier de nouveau.
file-damaged = Il est arrivé endommagé. Envoyez-le de nouveau.
file-sent = envoyé
file-waits = en attente d’envoi
file-refused = non accepté
file-save = Enregistrer sur le disque
files-other = Autres fichiers
files-refused = La fiche est enregistrée. Tous ses fichiers n’ont pas été acceptés.
files-on-the-way = Fichiers de cette fiche en attente d’envoi dans ce navigateur
files-send-again = Envoyer de nouveau
files-discard = Jeter ce qui n’a pas été accepté
camera-claims = Ce qu’affirme l’appareil photo
camera-no-zone = { $at } à sa propre horloge, qui n’indique pas de fuseau ; lu en { $zone } : { $utc }
camera-satellite = { $at }, par satellite
camera-use-place = Reprendre comme « { $field } »
camera-use-time = Reprendre comme « { $field } »
camera-use-sure = Oui, remplacer ce qui s’y trouve
camera-used = Repris dans « { $field } ».
left-out-title = Enregistré. Le formulaire a écarté ceci :
node-away-as = Le nœud ne répond pas. Vous travaillez ici en tant que { $user }, selon ce qui valait à { $at } ; si votre session court encore se verra quand il répondra. Ce que vous enregistrez est conservé et sera envoyé alors.
pages-renewed = Le nœud a des pages plus récentes. Ce que vous avez saisi est conservé.
pages-reload = Les charger
failure-drafts-kept = Ce qui a été écrit ici sans être envoyé est conservé dans ce navigateur et reviendra quand le nœud répondra et que vous vous serez identifié.
shape-form-line = Un sommet par ligne, dans l’ordre du parcours : latitude et longitude, ou coordonnées de la grille. Le GeoJSON est lu aussi.
shape-form-area = Un sommet par ligne, autour de la surface : latitude et longitude, ou coordonnées de la grille. Le GeoJSON est lu aussi.
shape-draw = Tracer sur la carte
shape-corners =
    { $count ->
        [one] 1 sommet.
       *[other] { $count } sommets.
    }
shape-corner = Sommet { $at } sur { $of } : { $where }
shape-length = { $km } km de long.
shape-surface = { $km } km de pourtour, { $km2 } km².
shape-wrong = « { $part } » ne désigne aucun lieu.
shape-elaborate = Plusieurs parties ou des trous : conservé tel quel, modifiable en GeoJSON seulement.
shape-add = Ajouter un sommet au milieu
shape-next = Sommet suivant
shape-move = Le déplacer au milieu
shape-remove = Le retirer
shape-undo = Annuler
shape-keys = Cliquez pour ajouter un sommet, faites glisser pour le déplacer. Touches sur la carte : les flèches la déplacent, Entrée ajoute un sommet en son milieu, N et P parcourent les sommets, M amène au milieu celui qui est choisi, Suppr le retire, Ctrl+Z annule.
shape-unable = Ce navigateur ne peut pas dessiner de cartes. Écrivez les sommets ci-dessus.
month-form = 2018-03
year-form = 2018
no-answer = Sans réponse
attachment-original = tel que reçu
alike-typing = { $count ->
        [one] Une fiche porte peut-être sur la même chose
       *[other] { $count } fiches portent peut-être sur la même chose
    }
alike-title = Peut-être la même chose
alike-score = { $score } sur 100
alike-metres = à { $count } m
alike-kilometres = à { $count } km
alike-time = à { $hours } h d’écart
alike-same = identique : { $field }
alike-words = mots communs : { $words }
alike-merge = Fusionner avec celle-ci
alike-distinct = Ce sont deux choses
alike-merge-title = Fusionner deux fiches
alike-merge-text = Cette fiche est conservée. L’autre quitte toutes les listes et renvoie ici ; les deux historiques restent, et on peut revenir dessus.
alike-take = Reprendre de l’autre
merged-away = Cette fiche a été fusionnée avec une autre.
merged-edited = Cette fiche a été fusionnée avec une autre, et quelqu’un qui l’ignorait l’a modifiée.
merged-kept = Ouvrir celle qui est conservée
merged-part = Revenir sur la fusion
merged-part-text = Elle revient dans les listes, et ce qui en a été repris retrouve sa valeur d’avant. Ce qui a changé depuis reste.
merged-title = Fusionnées avec cette fiche
merged-by = le { $at } par { $user }
