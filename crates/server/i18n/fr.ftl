### Ce que Casque dit, en français. Mêmes clés, attributs et valeurs qu’en anglais (en.ftl) :
### `cargo xtask tidy` le vérifie.

## La ligne de commande

help = Situation, planification et comptes rendus pour opérations de paix, sur sa propre machine
    .after =
        Codes de sortie : 0 fait, 1 les données ou ce qui a été donné sont fautifs, 2 ligne de commande
        fautive, 3 refusé ou absent, 4 indisponible (disque, verrou, dossier), 70 faute du programme.
        Environnement : CASQUE_DATA, CASQUE_USER, CASQUE_LANG, CASQUE_LOG, NO_COLOR. Les options priment.
        Les données vont sur stdout, tout le reste sur stderr.
help-heading-usage = Usage :
help-heading-commands = Commandes
help-heading-arguments = Arguments
help-heading-options = Options
help-heading-globals = Options de toutes les commandes
help-value-command = COMMANDE
help-choices = { " " }[au choix : { $choices }]
help-default = { " " }[par défaut : { $default }]

help-init = Créer un nœud : un dossier avec un paquet de mission et son premier administrateur, `admin`
help-pack = Vérifier, comparer et montrer des paquets de mission ; changer le paquet d’un nœud
help-pack-check = Dire tout ce qui ne va pas dans un paquet, avec l’endroit, la cause et le remède
help-pack-diff = Dire ce qui a changé d’un paquet à un autre
help-pack-show = Montrer ce que contient un paquet : registres, listes de codes, rôles, correspondances, mandats
help-pack-use = Faire passer le nœud à un paquet ou à une version plus récente
help-register = Lister les registres d’un paquet, en faire un de son propre formulaire (XLSForm), vérifier des formulaires, en écrire pour téléphones
help-register-list = Lister les registres d’un paquet : ce que chacun contient et les tâches qu’il atteste
help-register-import = Faire un registre d’un formulaire, ou une nouvelle version d’un registre fait ainsi ; utilisable aussitôt
help-register-check = Dire tout ce qui ne va pas dans un formulaire, avec feuille, ligne, cause et remède ; sans nœud
help-register-xform = Écrire le formulaire d’un registre comme XForm, pour ODK Collect et ses semblables
help-mandate = Montrer et comparer les mandats du Conseil de sécurité
help-mandate-list = Énumérer les mandats d’un paquet
help-mandate-show = Montrer un mandat : ses tâches, questions transversales et plafonds
help-mandate-coverage = Dire quels registres attestent chaque tâche, et quelle tâche n’en a aucun
help-mandate-diff = Dire quelles tâches et quels plafonds ont changé d’un mandat à un autre
help-import = Importer un fichier (CSV, CSV.gz, XLSX, GeoJSON) dans un registre, ou gérer les imports
    .after =
        Sans --yes, l’import est d’abord prévisualisé : sur un terminal il demande ensuite, ailleurs il n’écrit rien.
        La clé d’une ligne fait sa fiche : une version plus récente des mêmes données met à jour sans doubler.
        Les lignes refusées vont dans un fichier avec leurs raisons ; le reste est importé. Le code de sortie
        n’est 1 que si des lignes ont été refusées et qu’aucune n’était bonne.
help-import-list = Énumérer les imports faits
help-import-undo = Reprendre un import ; ce qui a été modifié depuis reste
help-export = Écrire toutes les fiches d’un registre que vous avez le droit de sortir
help-query = Trouver des fiches, les compter, ou faire des sommes par zone, mois ou champ
    .after =
        Un filtre est du CQL2, en texte ou en JSON :
          "deaths_best >= 10 AND occurred_at >= DATE('2018-01-01')"
          "S_INTERSECTS(place, BBOX(-5, 13, 0, 17)) AND type IN ('VC-KILL', 'VC-MASS')"
        Un `!` après un identifiant dit que des valeurs de la fiche se contredisent : voir `casque show`.
help-show = Montrer une fiche : ses valeurs, conflits, commentaires et son origine
help-history = Montrer chaque étape d’une fiche : qui a fait quoi, quand et pourquoi
help-alike = Lister les fiches qui ressemblent à une autre, à quel point et pourquoi
help-merge = Fusionner une fiche avec une autre, qui est conservée ; les deux historiques restent, et on peut revenir dessus
help-unmerge = Revenir sur la fusion d’une fiche
help-distinct = Dire que deux fiches sont deux : elles ne se ressemblent plus
help-create = Créer une fiche
help-edit = Modifier des champs d’une fiche ; une valeur vide efface son champ
help-settle = Trancher définitivement le conflit d’un champ
help-serve = Servir le nœud aux personnes et aux programmes, jusqu’à l’ordre d’arrêt
help-transition = Faire avancer une fiche dans sa procédure ; `casque show --json` liste les transitions possibles
help-restore = Rétablir une fiche supprimée
help-comment = Dire quelque chose d’une fiche
help-delete = Supprimer une fiche ; son historique reste
help-journal = Vérifier, montrer et exporter le journal
help-journal-verify = Vérifier chaque empreinte, chaînon et signature, et nommer la première entrée fautive de chaque registre d’appareil
help-journal-show = Montrer les entrées dans l’ordre de leur arrivée
help-journal-export = Écrire chaque registre d’appareil du journal dans un fichier que chacun peut vérifier
help-rebuild = Refaire tout ce qui est dérivé à partir du journal, et dire si c’était juste
help-clock = Dire combien de temps les fiches mettent d’un état à un autre
help-overdue = Lister les fiches qui restent dans un état au-delà de son délai
help-exercise = Charger l’exercice du paquet jusqu’à un jour, ou dire ce qui a été joué jusque-là
help-exercise-load = Amener l’exercice à la fin d’un jour ; de nouveau avec un jour ultérieur pour poursuivre
help-exercise-show = Dire les événements jusqu’au jour chargé, chacun avec ce que fait une mission qui le traite bien
help-exercise-ledger = Écrire la vérité sur chaque ligne du bruit de fond jusqu’au jour chargé, et ce que le nœud en fait
help-user = Gérer les utilisateurs du nœud
help-user-add = Ajouter un utilisateur
help-user-list = Énumérer les utilisateurs
help-user-change = Modifier les droits d’un utilisateur, ou l’exclure
help-user-password = Donner un nouveau mot de passe à un utilisateur
help-user-totp-reset = Retirer les codes à usage unique d’un utilisateur dont le téléphone est perdu
help-token = Gérer les jetons que des programmes emploient à la place de l’utilisateur agissant
help-token-create = Faire un jeton ; son secret est affiché cette seule fois
help-token-list = Lister les jetons de l’utilisateur agissant
help-token-revoke = Mettre fin à un jeton sur-le-champ
help-phone = Gérer les clés avec lesquelles des téléphones envoient des formulaires au nom de l’utilisateur
help-phone-invite = Faire une clé pour un téléphone ; adresse et code à scanner sont affichés cette seule fois
help-phone-list = Lister les clés des téléphones de l’utilisateur
help-phone-revoke = Mettre fin aussitôt à la clé d’un téléphone
help-phone-refused = Lister ce que des téléphones ont envoyé et que quelqu’un doit voir ; en montrer, reprendre ou clore un envoi
help-doctor = Examiner tout le nœud, et dire ce qui ne va pas et ce qui y remédie

help-arg-data = Dossier du nœud ; sinon CASQUE_DATA, puis casque-data
help-arg-user = Utilisateur qui agit ; sinon CASQUE_USER, puis le seul administrateur
help-arg-json = Écrire un document JSON au lieu de texte ; les erreurs aussi
help-arg-lang = Langue des textes ; sinon CASQUE_LANG, puis celle du système
help-arg-progress = Comment l’avancement est montré : sur un terminal, en lignes simples, ou pas du tout
help-arg-help = Afficher cette aide
help-arg-header-seconds = Temps accordé à un client pour l’en-tête d’une requête
help-arg-host = Autre nom sous lequel le nœud est atteint ; peut être donné plusieurs fois
help-arg-version = Afficher la version
help-arg-pack = Dossier du paquet de mission ; les paquets qu’il étend sont à côté
help-arg-admin-password-file = Fichier dont l’unique ligne est le mot de passe de `admin` ; sinon il est demandé, ou fabriqué et affiché une fois
help-arg-pack-folder = Dossier du paquet
help-arg-pack-before = Dossier du paquet antérieur ; du paquet ultérieur s’il est seul
help-arg-pack-after = Dossier du paquet ultérieur ; sans lui, l’antérieur est le paquet du nœud, et le sort de ses fiches est indiqué
help-arg-pack-source = Dossier d’un paquet ; sinon le paquet du nœud
help-arg-form-file = XLSForm : un classeur, ou un dossier avec survey.csv, choices.csv et settings.csv
help-arg-register-name = Nom du registre ; sinon celui de l’identifiant du formulaire
help-arg-xform = Écrire le formulaire comme XForm
help-arg-mandate = Numéro de la résolution (2364), avec son année (2364-2017) si plusieurs le portent
help-arg-mandate-before = Numéro de la résolution antérieure
help-arg-mandate-after = Numéro de la résolution ultérieure
help-arg-import-file = Le fichier
help-arg-kept = Identifiant de la fiche conservée
help-arg-merged = Identifiant de la fiche fusionnée avec elle
help-arg-take-fields = Champs dont la valeur de la fiche fusionnée est reprise, séparés par des virgules
help-arg-other = Identifiant de l’autre fiche
help-arg-unsay = Revenir dessus
help-arg-register = Registre
help-arg-mapping = Correspondance qui lit les lignes ; `generic` lit les colonnes nommées comme les champs
help-arg-sheet = Feuille d’un classeur ; sinon la première
help-arg-set = Valeur du champ là où une ligne ne dit rien ; peut figurer plusieurs fois
help-arg-rows-per-commit = Lignes écrites ensemble, ou pas du tout
help-arg-leave-out-alike = Laisser de côté les nouvelles lignes qui ressemblent à une fiche ou à une ligne précédente ; elles sont gardées dans le fichier des lignes refusées
help-arg-import-yes = Importer sans prévisualiser ni demander
help-arg-dry-run = Prévisualiser seulement
help-arg-batch = Identifiant de l’import, tel que `casque import list` le montre
help-arg-format = Format
help-arg-output = Fichier à écrire, entier ou pas du tout ; sinon stdout
help-arg-filter = Seulement les fiches qui satisfont ce filtre CQL2
help-arg-search = Seulement les fiches dont le texte contient ces mots
help-arg-limit = Au plus tant de fiches ou de groupes
help-arg-listen = Adresse et port d’écoute ; le port 0 en prend un libre
help-arg-offset = Omettre d’abord tant de fiches ou de groupes
help-arg-order = Quelles fiches viennent d’abord
help-arg-open = Ouvrir le navigateur s’il y a un écran
help-arg-count = N’écrire que leur nombre
help-arg-sum = Champs entiers à additionner, séparés par des virgules
help-arg-by = Champs de regroupement, ou `month`, séparés par des virgules
help-arg-clock-from = État où le chronomètre part
help-arg-clock-to = État où il s’arrête
help-arg-mine = Seulement ce que vous pouvez faire avancer, ou ce qui remonte à un de vos rôles
help-arg-exercise-until = Le jour, sous la forme `16`, `"Jour 16"` ou sa date
help-arg-record = Identifiant de la fiche
help-arg-values = Valeurs de champs ; les lieux en « latitude longitude » ou en WKT
help-arg-reason = Pourquoi ; cela reste dans l’historique
help-arg-field = Champ
help-arg-take = Trancher avec la valeur de cette entrée
help-arg-value = Trancher avec cette valeur ; une valeur vide efface le champ
help-arg-text = Ce qu’il y a à dire
help-arg-about = Le champ dont il s’agit
help-arg-transition = Transition de la procédure du registre
help-arg-delete-yes = Supprimer sans demander
help-arg-after = Seulement les entrées après ce numéro
help-arg-entries = Au plus tant d’entrées
help-arg-journal-folder = Dossier des fichiers
help-arg-user-name = Nom de l’utilisateur
help-arg-display = Nom que les gens lisent
help-arg-password-file = Fichier dont l’unique ligne est le mot de passe ; sinon il est demandé, ou fabriqué et affiché une fois
help-arg-role = Rôles, séparés par des virgules
help-arg-area = P-codes des zones de l’utilisateur, séparés par des virgules ; aucun pour toute la mission
help-arg-compartment = Compartiments auxquels l’utilisateur a accès, séparés par des virgules
help-arg-connections = Au plus tant de connexions à la fois
help-arg-connections-per-address = Au plus tant d’entre elles depuis une adresse autre que cette machine
help-arg-clearance = Classification la plus haute que l’utilisateur peut lire
help-arg-disable = Exclure l’utilisateur
help-arg-enable = Réadmettre l’utilisateur
help-arg-scope = Ce à quoi le jeton peut servir, dans les droits de l’utilisateur ; `write` est tout sauf administrer
help-arg-days = Jours de vie
help-arg-token-name = Comment il s’appelle ; sinon sa portée
help-arg-token = Identifiant du jeton, comme `casque token list` le montre
help-arg-url = Adresse à laquelle les téléphones joignent le nœud : `https://HÔTE` ou `http://HÔTE:PORT`
help-arg-phone-name = Comment le téléphone s’appelle ; sinon le nom de l’utilisateur
help-arg-qr = Fichier où dessiner le code, en SVG ; sinon il est affiché
help-arg-phone-key = Identifiant de la clé, comme `casque phone list` le montre
help-arg-submission = Identifiant de l’envoi, comme la liste le montre
help-arg-retry = Essayer encore d’en faire une fiche, au nom de qui l’a envoyé
help-arg-dismiss = Le clore : il reste sur le nœud et n’est plus listé
help-arg-submission-reason = Pourquoi ; cela reste avec l’envoi
help-arg-files = Dossier où écrire le document et ses fichiers
help-arg-tls-cert = Certificat et ceux qui s’en portent garants, en PEM
help-arg-tls-key = Clé du certificat, en PEM
help-arg-tls-self-made = Parler TLS avec un certificat que le nœud fait lui-même et garde

## Ce que disent les commandes

cli-error = erreur
cli-warning = avertissement
cli-yes = oui
cli-no = non
cli-yes-or-no = [o/N]
cli-good = bon
cli-errors = { $count ->
    [one] { $count } erreur
   *[other] { $count } erreurs
}
cli-warnings = { $count ->
    [one] { $count } avertissement
   *[other] { $count } avertissements
}
cli-password-new = Mot de passe de { $user } :
cli-password-again = Encore une fois :
cli-init-done = Nœud créé dans { $data } avec le paquet { $pack } ; son administrateur est `admin`.
cli-init-password = Mot de passe de { $user }, affiché cette seule fois :

cli-pack-name = nom
cli-pack-version = version
cli-pack-title = titre
cli-pack-extends = étend
cli-pack-languages = langues
cli-pack-time-zone = fuseau horaire
cli-pack-countries = pays
cli-pack-hash = empreinte
cli-pack-registers = registres
cli-pack-roles = rôles
cli-pack-compartments = compartiments
cli-pack-mappings = correspondances
cli-pack-mandates = mandats
cli-register-imported = Le formulaire est maintenant le registre { $register }.
cli-register-changed = Le registre { $register } a maintenant une nouvelle version de son formulaire.
cli-pack-used = Le nœud travaille désormais avec { $pack }, version { $version }.

cli-mandate-resolution = résolution
cli-mandate-adopted = adoptée
cli-mandate-until = jusqu’au
cli-mandate-tasks = tâches
cli-mandate-title = titre
cli-mandate-adopted-on = Adoptée le { $adopted }
cli-mandate-until-day = Jusqu’au { $until }
cli-mandate-ceiling = plafond
cli-mandate-priority = prioritaire
cli-mandate-tasks-heading = Tâches
cli-mandate-issues-heading = Questions transversales
cli-mandate-ceilings-heading = Plafonds
cli-mandate-tasks-unknown = Les tâches ne sont pas dans ce paquet.
cli-mandate-tasks-unknown-of = Les tâches de { $mandate } ne sont pas dans ce paquet.
cli-mandate-category = catégorie
cli-mandate-before = avant
cli-mandate-after = après
cli-mandate-change = changement
cli-mandate-added = Ajoutées : { $count }
cli-mandate-dropped = Abandonnées : { $count }
cli-mandate-changed = Modifiées : { $count }
cli-mandate-kept = Maintenues : { $count }
cli-mandate-id = tâche
cli-mandate-text = texte
cli-mandate-registers = registres qui l’attestent
cli-mandate-no-register = aucun
cli-mandate-covered = { $covered } des { $tasks } tâches et questions transversales ont un registre qui les atteste.
cli-register-name = registre
cli-register-fields = champs
cli-register-states = états
cli-register-evidence = tâches
cli-register-title = titre
cli-register-totals = { $registers } registres avec { $fields } champs, { $lists } listes de codes avec { $codes } codes ; { $covered } des { $tasks } tâches et questions attestées.

cli-work-preview = lignes lues
cli-work-import = lignes importées
cli-work-verify = entrées vérifiées
cli-work-rebuild = entrées rejouées
cli-import-created = créées
cli-import-updated = mises à jour
cli-import-unchanged = inchangées
cli-import-skipped = ignorées
cli-import-refused = refusées
cli-import-left-out = laissées de côté
cli-import-batch = lot
cli-import-refused-file = lignes refusées
cli-import-times = { "    " }{ $count } fois
cli-import-more-refused = { $count } autres lignes refusées sont dans le fichier des lignes refusées.
cli-import-alike = Nouvelles lignes qui ressemblent à une fiche ou à une ligne précédente : { $rows } ; ressemblances : { $pairs }
cli-import-alike-hint = Avec --leave-out-alike, ces lignes sont laissées de côté et gardées dans le fichier des lignes refusées.
cli-import-alike-more = Moins ressemblantes et non listées : { $count }
cli-import-alike-not-looked-for = Les ressemblances ne sont pas indiquées : plus de { $max } lignes sont nouvelles, ou leurs mots sont trop nombreux à comparer.
cli-import-row = ligne
cli-import-other = ressemble à
cli-import-other-row = ligne { $row }
cli-import-nothing-written = Rien n’a été écrit. Importez avec --yes.
cli-import-question = Importer cela ?
cli-batch-id = lot
cli-batch-at = le
cli-batch-importer = importateur
cli-batch-register = registre
cli-batch-mapping = correspondance
cli-batch-rows = lignes
cli-batch-file = fichier
cli-undo-deleted = supprimées
cli-undo-restored = rétablies
cli-undo-kept = gardées telles que modifiées depuis
cli-exported = { $count ->
    [one] { $count } fiche écrite
   *[other] { $count } fiches écrites
}
cli-query-more = { $count } montrées ; il y en a d’autres : --limit, --offset
cli-sum-name = nom
cli-sum-count = fiches
cli-clock-median = médiane (h:min)
cli-clock-p90 = 9 sur 10 (h:min)
cli-clock-count = fiches
cli-clock-answered = avec réponse
cli-clock-never-answered = sans réponse
cli-clock-still-open = en cours
cli-clock-missing-stamp = heure manquante
cli-clock-out-of-order = dans le désordre
cli-clock-total = toutes
cli-alike-none = rien ne lui ressemble
cli-alike-no-rule = ce registre n’a pas de règle de ressemblance
cli-alike-score = sur 100
cli-alike-record = id
cli-alike-title = titre
cli-alike-why = pourquoi
cli-alike-place = à { $distance }
cli-alike-time = à { $hours } h d’écart
cli-alike-same = même { $field }
cli-alike-words = mots communs : { $words }
cli-merged = fusionnées ; { $count ->
        [0] aucune valeur reprise
        [one] une valeur reprise
       *[other] { $count } valeurs reprises
    }
cli-unmerged = séparée de { $record } ; ce qui a changé depuis reste
cli-distinct = ce sont deux choses
cli-not-distinct = elles peuvent de nouveau n’être qu’une
cli-overdue-register = registre
cli-overdue-record = id
cli-overdue-title = titre
cli-overdue-state = état
cli-overdue-deadline = délai
cli-overdue-late = retard (h:min)
cli-overdue-to = remonté à
cli-exercise-acts = actes accomplis
cli-exercise-at = à
cli-exercise-day = jour
cli-exercise-day-one = premier jour
cli-exercise-days = jours
cli-exercise-drawn-flagged = bruit de fond : coordonnées hors de toute subdivision
cli-exercise-drawn-mended = bruit de fond : coordonnées rectifiées
cli-exercise-drawn-merged = bruit de fond : doublons trouvés et fusionnés
cli-exercise-drawn-not-found = bruit de fond : doublons non trouvés
cli-exercise-drawn-refused = bruit de fond : coordonnées refusées
cli-exercise-drawn-rows = bruit de fond : lignes reçues
cli-exercise-drawn-told-wrongly = bruit de fond : ressemblances avec autre chose
cli-exercise-drawn-withdrawn = bruit de fond : retirées et marquées
cli-exercise-expected = ce que fait une mission qui le traite bien
cli-exercise-failed = échecs
cli-exercise-from = de
cli-exercise-held = vérifications tenues
cli-exercise-inject = événement
cli-exercise-name = exercice
cli-exercise-now = heure dans l’exercice
cli-exercise-part = réponse dans la partie
cli-exercise-people = personnes créées
cli-exercise-refused = actes refusés comme il se doit
cli-exercise-rows-created = lignes ayant créé une fiche
cli-exercise-rows-refused = lignes refusées
cli-exercise-rows-updated = lignes ayant fait avancer une fiche
cli-exercise-text = ce qui est dit
cli-exercise-title = exercice
cli-exercise-type = nature
cli-work-exercise = exercice, jour
cli-show-conflicts = Conflits, la valeur montrée d’abord : tranchez avec `casque settle`
cli-show-comments = Commentaires
cli-show-created = créée
cli-show-changed = dernière modification
cli-show-batch = import
cli-show-deleted = supprimée
cli-show-merged-into = fusionnée avec
cli-show-merged = fusionnée avec elle
cli-step-at = le
cli-step-user = utilisateur
cli-step-act = acte
cli-step-field = champ
cli-step-value = valeur
cli-step-reason = raison
cli-edited = { $count ->
    [0] Rien n’a changé.
    [one] 1 champ modifié.
   *[other] { $count } champs modifiés.
}
cli-settled = Le conflit de { $field } est tranché.
cli-serve-running = Le nœud est servi. Ctrl+C y met fin.
cli-serve-open = Aucun navigateur n’a été ouvert. Allez à { $url }
cli-moved = La fiche a avancé.
cli-restored = Fiche rétablie.
cli-commented = Commentaire ajouté.
cli-deleted = Fiche supprimée.
cli-delete-question = Supprimer la fiche { $record } ?
cli-journal-verified = { $entries ->
    [one] { $entries } entrée
   *[other] { $entries } entrées
} dans { $logs ->
    [one] { $logs } registre d’appareil
   *[other] { $logs } registres d’appareil
}, conformes à leur signature.
cli-journal-more = Il y en a peut-être d’autres : --after { $after }
cli-journal-exported = { $count ->
    [one] { $count } entrée écrite
   *[other] { $count } entrées écrites
}
cli-rebuilt = { $count ->
    [one] { $count } fiche refaite
   *[other] { $count } fiches refaites
} ; état { $hash }
cli-user-name = nom
cli-user-display = nom affiché
cli-user-roles = rôles
cli-user-areas = zones
cli-user-compartments = compartiments
cli-user-clearance = habilitation
cli-user-disabled = exclu
cli-user-totp = codes
cli-user-added = Utilisateur { $user } ajouté.
cli-user-changed = Utilisateur { $user } modifié.
cli-user-password = { $user } a un nouveau mot de passe.
cli-user-totp-reset = { $user } se connecte désormais sans code.
cli-user-totp-none = { $user } n’avait pas de codes.
cli-token-id = identifiant
cli-token-name = nom
cli-token-scope = portée
cli-token-created = fait
cli-token-expires = fin
cli-token-last-used = dernier emploi
cli-token-made = Jeton { $token } de { $user } ; son secret, affiché cette seule fois :
cli-token-revoked = Le jeton { $token } ne vaut plus.
cli-phone-invited = Clé { $key } de { $user }. Scannez le code avec ODK Collect, ou saisissez l’adresse ; les deux sont affichés cette seule fois :
cli-phone-here = Sans `--url`, l’adresse est celle de cette machine, que les téléphones n’atteignent pas.
cli-phone-revoked = La clé { $key } ne vaut plus. Le téléphone garde ce qu’il n’a pas envoyé.
cli-refused-id = Id
cli-refused-received = Reçu
cli-refused-user = De
cli-refused-form = Formulaire
cli-refused-state = État
cli-refused-state-refused = dans aucune fiche
cli-refused-state-waiting = attend des fichiers
cli-refused-state-partly = en partie dans une fiche
cli-refused-state-dismissed = clos
cli-refused-state-made = dans une fiche
cli-refused-act-retried = nouvel essai
cli-refused-act-dismissed = clos
cli-refused-findings = Constats
cli-refused-device = Téléphone
cli-refused-instance = Nom sur le téléphone
cli-refused-record = Fiche
cli-refused-closed = Son contenu est pour ceux qui peuvent lire une telle fiche avec chaque champ scellé qu’il nomme.
cli-refused-made = C’est maintenant dans la fiche { $record }.
cli-refused-still = Cela ne fait toujours pas de fiche :
cli-refused-dismissed = C’est clos. Cela reste sur le nœud et n’est plus listé.
phone-made = Reçu et classé.
phone-waiting = Reçu ; gardé jusqu’à ce que le reste des fichiers arrive (numéro { $submission }).
phone-kept = Gardé sur le nœud sous le numéro { $submission }, mais encore dans aucune fiche ; quelqu’un doit y regarder.
cli-doctor-database = Base de données
cli-doctor-journal = Journal
cli-doctor-device-key = Clé de l’appareil
cli-doctor-disk = Disque
cli-doctor-clock = Horloge
cli-doctor-pack = Pack
cli-doctor-pages = Pages
cli-doctor-port = Port
cli-doctor-conflicts = Conflits
cli-doctor-certificate = Certificat
cli-doctor-folder = Dossier

## Ce qui ne va pas, et comment y remédier

finding-address-in-use = un autre programme écoute déjà sur { $address }
    .fix = arrêtez ce programme, ou choisissez un autre port avec --listen
finding-address-not-allowed = le système ne vous laisse pas écouter sur { $address }
    .fix = choisissez un port supérieur à 1023 avec --listen
finding-address-too-long = l’adresse dépasse { $max } octets
    .fix = demandez moins à la fois : un filtre plus court, moins de valeurs
finding-address-wrong = impossible d’écouter sur { $address } : { $what }
    .fix = nommez une adresse de cette machine avec --listen ; 127.0.0.1 en est toujours une
finding-administrators-only = seul un administrateur peut faire cela, et { $name } n’en est pas un
    .fix = agissez comme administrateur avec --user, ou adressez-vous à l’un d’eux
finding-answer-choice-filtered = { $code } ne peut être choisi avec les autres réponses
    .fix = choisissez un code qui convient aux réponses dont cette liste dépend
finding-answer-code-not-valid = le code { $code } ne peut être choisi pour le { $on } : il vaut du « { $from } » au « { $to } » (vide : sans borne)
    .fix = choisissez un code valable ce jour-là, ou corrigez le jour
finding-answer-code-unknown = { $code } n’est pas un code de la liste { $list }
    .fix = { $nearest ->
        [none] employez un code de la liste
       *[other] employez un code de la liste : { $nearest }
    }
finding-answer-computed = le formulaire calcule ici « { $value } », qui n’est pas une valeur de type { $expected }
    .fix = corrigez le calcul de la question, ou son type
finding-answer-constraint = { $value } ne remplit pas la condition de cette question : { $constraint }
    .fix = corrigez la réponse, ou laissez-la vide si elle n’est pas connue
finding-answer-constraint-said = { $value } : { $message }
    .fix = corrigez la réponse, ou laissez-la vide si elle n’est pas connue
finding-answer-field-unknown = il n’existe pas de champ { $field }
    .fix = { $nearest ->
        [none] employez un champ de ce registre
       *[other] employez un champ de ce registre : { $nearest }
    }
finding-answer-not-a-date = « { $value } » n’est pas une date
    .fix = écrivez le jour ainsi : 2018-03-01
finding-answer-not-a-file = « { $value } » ne désigne pas un fichier joint
    .fix = joignez d’abord le fichier et indiquez son empreinte de 64 caractères
finding-answer-not-a-number = « { $value } » n’est pas un nombre
    .fix = écrivez des chiffres, avec un point décimal et sans séparateur : 1250 ou 12.5
finding-answer-not-a-place = « { $value } » n’est pas un lieu
    .fix = écrivez la latitude et la longitude en degrés (16.2717 -0.0447), ou du WKT (POINT(-0.0447 16.2717))
finding-answer-not-a-record = « { $value } » n’est pas l’identifiant d’une fiche
    .fix = indiquez l’identifiant de 26 caractères affiché avec la fiche ; dans un tableau importé, « key: » suivi de la clé sous laquelle elle a été importée convient aussi
finding-answer-not-a-time = « { $value } » n’est pas une date avec heure
    .fix = écrivez 2018-03-01T14:30:00Z, ou 2018-03-01 14:30 (heure UTC)
finding-answer-not-asked = cette question n’est pas posée avec ces réponses : ce qui y était donné est laissé de côté
    .fix = changez la réponse qui en décide, ou laissez celle-ci vide
finding-answer-not-rows = « { $value } » n’est pas une liste de lignes
    .fix = donnez une liste JSON d’objets, un par ligne, avec les noms des colonnes comme clés
finding-answer-not-whole = « { $value } » n’est pas un nombre entier
    .fix = arrondissez-le, ou saisissez-le dans un champ décimal
finding-answer-not-yes-or-no = « { $value } » n’est ni oui ni non
    .fix = écrivez true ou false, yes ou no, 1 ou 0
finding-answer-other-shape = « { $value } » n’est pas une forme de type { $type }
    .fix = indiquez une forme du type de ce champ
finding-answer-required = ce champ doit avoir une valeur
    .fix = saisissez une valeur
finding-answer-required-said = { $message }
    .fix = saisissez une valeur
finding-answer-row-count = il y a { $found } lignes, le formulaire en demande { $expected }
    .fix = ajoutez ou retirez des lignes, ou corrigez le nombre qui les compte
finding-answer-rows-too-deep = des lignes sont imbriquées sur { $depth } niveaux, { $max } sont permis
    .fix = sortez les lignes les plus profondes dans un champ ou une fiche à part
finding-answer-too-long = le texte compte { $bytes } octets, { $max } sont permis
    .fix = raccourcissez-le, ou joignez-le comme fichier
finding-answer-too-many-rows = { $rows } lignes, c’est plus que les { $max } permises
    .fix = donnez moins de lignes, ou faites plusieurs fiches
finding-answer-wrong-type = le champ contient des valeurs de type { $expected }, et non { $found }
    .fix = donnez une valeur de type { $expected }
finding-answer-year = l’année de « { $value } » n’est pas comprise entre 1800 et 2199
    .fix = corrigez l’année ; ses premiers chiffres sont peut-être perdus
finding-attachment-absent = la fiche n’a pas de fichier { $name }
    .fix = voyez quels fichiers y sont joints
finding-attachment-original-not-allowed = le fichier tel qu’il est arrivé est pour ceux qui peuvent joindre des fichiers à cette fiche
    .fix = omettez `original` ; ce que l’appareil a écrit sur la photo est alors retiré
finding-attachment-not-cleanable = ce que l’appareil a écrit sur le lieu ou le moment de { $name } ne peut pas en être retiré
    .fix = ceux qui peuvent joindre des fichiers à cette fiche l’obtiennent avec `original=true`
finding-attachment-empty = le fichier est vide
    .fix = joignez un fichier qui a un contenu
finding-attachment-not-here = le contenu de { $name } n’est pas sur ce nœud
    .fix = réessayez quand il sera arrivé du nœud qui le détient
finding-attachment-too-large = le fichier dépasse { $max } octets
    .fix = joignez-en un plus petit : une image de moindre résolution, ou le fichier en plusieurs parties
finding-attachment-type-differs = le fichier ne contient pas ce qu’annonce son type { $type }
    .fix = joignez-le comme ce qu’il est
finding-attachment-type-unknown = les fichiers de type { $type } ne sont pas acceptés
    .fix = joignez une image, un PDF, un son, un film, un texte, un tableau, un document bureautique, un GPX, un KML, un GeoJSON ou un ZIP, ou n’indiquez pas le type
finding-basemap-shape = l’élément n’a aucune forme que l’on puisse dessiner
    .fix = dessinez-le en point, en lignes ou en polygones
finding-basemap-zoom = « { $value } » n’est pas un premier et un dernier niveau de zoom entre 0 et { $max }
    .fix = écrivez par exemple zoom = [3, 14]
finding-batch-unknown = il n’y a pas d’import { $name }
    .fix = voyez les imports existants avec `casque import list`
finding-bbox-wrong = « { $value } » n’est pas un cadre
    .fix = indiquez ouest,sud,est,nord en degrés, par exemple -12.3,10.1,4.3,25 ; au-delà de l’antiméridien, ouest est plus grand que est
finding-body-too-large = le corps dépasse ce que cette adresse accepte
    .fix = envoyez moins à la fois, ou un fichier plus petit
finding-caveat-without-compartment = la mention { $code } n’a pas de compartiment du même nom
    .fix = { $nearest ->
        [none] ajoutez à pack.toml un [[compartment]] de ce nom, ou corrigez le code
       *[other] ajoutez à pack.toml un [[compartment]] de ce nom, ou corrigez le code : { $nearest }
    }
finding-cell-error = la cellule affiche l’erreur { $error } d’une formule
    .fix = corrigez la formule ou videz la cellule, puis importez le fichier des lignes refusées
finding-cell-nul = la cellule contient un caractère NUL, qui n’existe dans aucun texte
    .fix = supprimez ce caractère ; le fichier est peut-être abîmé, ou n’est pas un tableau
finding-cell-too-long = la cellule compte { $bytes } octets, { $max } sont permis
    .fix = raccourcissez le texte, ou joignez-le à la fiche comme fichier
finding-clock-behind = l’horloge de cette machine indique { $now }, mais le journal contient déjà des entrées du { $last }
    .fix = réglez l’horloge ; d’ici là les entrées gardent leur ordre véritable, mais portent des heures en avance
finding-clock-groups-many = ce chronomètre donne plus de { $max } groupes
    .fix = ventilez-le moins, ou restreignez-le par un filtre
finding-clock-key-unknown = un chronomètre ne peut être ventilé selon « { $key } »
    .fix = { $nearest ->
        [none] employez une zone, un champ de codes ou de texte, un champ de fiche, ou month
       *[other] employez une zone, un champ de codes ou de texte, un champ de fiche, ou month : { $nearest }
    }
finding-clock-keys-many = un chronomètre est ventilé selon { $found } critères, { $max } sont admis
    .fix = retirez-en
finding-clock-nowhere = ce chronomètre court de « { $state } » à « { $state } »
    .fix = nommez deux états différents
finding-clock-twice = il y a deux chronomètres nommés « { $name } »
    .fix = donnez un autre nom à l’un d’eux
finding-clock-without-workflow = un chronomètre court entre deux états d’une procédure, et ce registre n’en a pas
    .fix = ajoutez [workflow], ou retirez [[clock]]
finding-clock-wrong = l’horloge de cette machine indique { $now }, ce qui est impossible
    .fix = réglez l’heure et la date de la machine ; les entrées faites entre-temps gardent leur ordre, mais portent de fausses heures
finding-comment-empty = un commentaire doit contenir du texte
    .fix = écrivez ce que vous voulez dire
finding-compartment-name-twice = le compartiment { $name } existe déjà, à { $first }
    .fix = supprimez l’un des deux
finding-compartment-unknown = le paquet n’a pas de compartiment `{ $name }`
    .fix = { $nearest ->
        [none] voyez les compartiments existants avec `casque pack show`
       *[other] vouliez-vous dire `{ $nearest }` ?
    }
finding-compartment-without-caveat = aucune mention ne place de fiche dans le compartiment { $compartment }
    .fix = ajoutez le code { $compartment } à la liste caveat
finding-conflict-entry-unknown = l’entrée { $entry } n’est pas de celles qui se contredisent dans `{ $field }`
    .fix = prenez une des entrées que `casque show` énumère sous ce conflit
finding-conflicts-open = fiches dont des valeurs se contredisent : { $count }
    .fix = regardez-les avec `casque query` (marquées d’un !) et tranchez chacune avec `casque settle`
finding-cross-site = une page d’un autre site a demandé cela
    .fix = faites-le dans les pages de Casque ; les programmes utilisent un jeton dans `Authorization`
finding-date-invalid = « { $value } » n’est pas une date
    .fix = écrivez le jour ainsi : 2018-03-01
finding-datetime-backwards = la période « { $value } » finit avant de commencer
    .fix = indiquez d’abord l’extrémité la plus ancienne
finding-datetime-wrong = « { $value } » n’est ni un jour, ni un instant, ni une période
    .fix = indiquez 2018-03-01, 2018-03-01T14:30:00Z, ou deux d’entre eux : 2018-03-01/2018-03-31 ; une extrémité peut être ..
finding-device-key-damaged = le fichier de clé de l’appareil ne contient pas de clé
    .fix = remettez le fichier depuis une sauvegarde du dossier du nœud ; sans lui rien de nouveau ne peut être signé
finding-device-key-foreign = le fichier de clé de l’appareil n’appartient à aucun registre de ce journal : c’est celui d’un autre nœud
    .fix = remettez depuis une sauvegarde le fichier qui appartient à ce nœud
finding-disk-nearly-full = { $megabytes } Mo sont libres sur le disque du nœud
    .fix = faites de la place, ou déplacez le dossier du nœud vers un disque plus grand et nommez-le avec --data
finding-entry-forked = le registre d’un appareil continue de deux façons : { $what }
    .fix = signalez l’appareil au quartier général : il a été copié ou restauré d’une vieille sauvegarde ; gardez les deux copies
finding-entry-id-invalid = `{ $value }` n’est pas l’identifiant d’une entrée
    .fix = copiez l’identifiant depuis `casque show` ou `casque history` : 64 chiffres hexadécimaux
finding-entry-refused = une entrée ne peut pas être reprise : { $what }
    .fix = lancez `casque journal verify` ; récupérez le registre auprès d’un autre site ou d’une sauvegarde
finding-entry-too-large = ceci ne peut pas être écrit en une seule entrée : { $what }
    .fix = raccourcissez les textes ou simplifiez la forme, ou faites-en plusieurs saisies
finding-exercise-act-not-refused = { $user } n’a pas été refusé pour « { $key } », et devait l’être ({ $wanted })
    .fix = le système laisse passer ce qu’il doit refuser, ou l’acte n’est pas celui que l’exercice vise
finding-exercise-act-refused = { $user } a été refusé pour « { $key } » (attendu : { $wanted })
    .fix = voyez ce qui suit ; corrigez l’acte, ou ce qui le refuse
finding-exercise-acts-file = un fichier d’actes s’appelle `day-07.toml`, pour un jour de 1 à { $days }
    .fix = nommez le fichier d’après son jour
finding-exercise-another = le nœud se trouve dans l’exercice { $loaded }, et son paquet contient { $name }
    .fix = chargez { $name } dans un autre nœud
finding-exercise-area-unknown = le paquet n’a pas de subdivision `{ $area }`
    .fix = écrivez le P-code d’une subdivision de `places/`
finding-exercise-background-area = le paquet n’a pas de localité dans une subdivision `{ $area }`
    .fix = écrivez le P-code d’une subdivision ayant une localité dans `places/`
finding-exercise-background-empty = rien ne peut être tiré : il faut une subdivision et un type avec des textes, de poids non nul, et `decay_h` supérieur à 0
    .fix = ajoutez ce qui manque
finding-exercise-background-key = « { $value } » ne peut pas commencer les clés des lignes
    .fix = écrivez des lettres, des chiffres et `-`, au moins un
finding-exercise-background-share = { $value } sur cent, c’est trop
    .fix = écrivez au plus 25, et au plus 90 pour `offspring`
finding-exercise-background-word = `{ $word }` ne correspond à rien
    .fix = { $nearest ->
        [none] écrivez {"{"}place{"}"}, un nombre comme {"{"}3-9{"}"}, ou un nom sous `[words]`
       *[other] vouliez-vous dire `{ $nearest }` ?
    }
finding-exercise-check-count = une vérification dit combien elle attend : `count`, ou `at_least` et `at_most`
    .fix = écrivez l’un d’eux
finding-exercise-check-day = le jour { $value } précède celui de ce fichier ou suit la fin de l’exercice
    .fix = indiquez un jour ultérieur de l’exercice, ou omettez `day`
finding-exercise-check-failed = { $message } : { $user } voit { $found } fiche(s) de { $register }, et devrait en voir { $wanted }
    .fix = cherchez si ce sont les actes ou les droits qui ne sont pas ce que l’exercice vise
finding-exercise-column-missing = les événements n’ont pas de colonne `{ $column }`
    .fix = ajoutez-la
finding-exercise-column-unknown = les événements ont une colonne `{ $column }` que rien ne lit
    .fix = { $nearest ->
        [none] supprimez-la
       *[other] vouliez-vous dire `{ $nearest }` ?
    }
finding-exercise-day-behind = l’exercice est chargé jusqu’au jour { $loaded } ; le jour { $day } est passé, et rien n’est repris
    .fix = créez un autre nœud et chargez-le jusqu’au jour { $day }
finding-exercise-day-differs = { $value } tombe le jour { $found }, et non le jour { $day }
    .fix = corrigez l’heure ou le jour
finding-exercise-day-outside = l’exercice compte { $days } jours
    .fix = indiquez l’un d’eux
finding-exercise-days = un exercice dure de 1 à { $max } jours
    .fix = corrigez `days`
finding-exercise-file-missing = le paquet n’a pas de fichier { $file }
    .fix = { $nearest ->
        [none] écrivez-le vu du dossier de l’exercice : `../demo/sites.csv`
       *[other] vouliez-vous dire { $nearest } ?
    }
finding-exercise-grade = `{ $value }` n’est pas une cotation
    .fix = écrivez la fiabilité de la source et la crédibilité de ce qu’elle dit : A1 à F6
finding-exercise-grid = `{ $value }` n’est pas une référence de carroyage militaire
    .fix = écrivez-la comme 30MVC5552545773
finding-exercise-grid-outside = `{ $value }` se trouve hors de la zone de la mission
    .fix = vérifiez le fuseau, le carré et les chiffres
finding-exercise-inject-twice = deux événements portent le numéro { $value }
    .fix = donnez un autre numéro à l’un d’eux
finding-exercise-inject-unknown = aucun événement ne porte le numéro { $value }
    .fix = indiquez un numéro de `injects.csv`
finding-exercise-key-ambiguous = plusieurs lignes importées ont la clé `{ $key }`, dans d’autres registres ou d’autres fichiers
    .fix = cherchez la fiche par autre chose qui n’est vrai que d’elle, ou donnez une autre clé à la ligne
finding-exercise-key-elsewhere = `{ $key }` est une fiche de { $register }, et non de { $wanted }
    .fix = indiquez une fiche de ce registre
finding-exercise-key-twice = deux actes créent une fiche appelée `{ $key }`
    .fix = donnez une autre clé à l’une d’elles
finding-exercise-key-unknown = aucun acte antérieur ni aucune ligne importée ne crée de fiche `{ $key }` de { $register }
    .fix = { $nearest ->
        [none] créez-la d’abord avec `do = "create"`, ou écrivez `key:` devant la clé d’une ligne
       *[other] vouliez-vous dire `{ $nearest }` ?
    }
finding-exercise-module-unknown = `{ $module }` n’est ni une tâche, ni une question, ni un module des mandats
    .fix = { $nearest ->
        [none] indiquez les tâches séparées par des espaces
       *[other] vouliez-vous dire `{ $nearest }` ?
    }
finding-exercise-none = le paquet { $pack } n’a pas d’exercice
    .fix = utilisez un nœud dont le paquet a un dossier `exercise/`, par exemple minusek
finding-exercise-not-marked = le paquet contient un exercice et ne dit pas que tout y est exercice
    .fix = écrivez `exercise = true` dans `pack.toml`
finding-exercise-number = `{ $value }` n’est pas un nombre à partir de 1
    .fix = écrivez un nombre entier
finding-exercise-row-unknown = { $file } n’a pas de ligne de clé `{ $key }`
    .fix = { $nearest ->
        [none] retirez-la de `without`
       *[other] vouliez-vous dire `{ $nearest }` ?
    }
finding-exercise-setting-damaged = l’avancement de l’exercice est illisible
    .fix = créez un autre nœud et chargez-y l’exercice
finding-exercise-time = `{ $value }` n’est pas une heure
    .fix = écrivez-la comme 2021-11-02T07:05:00Z
finding-exercise-time-order = { $value } précède l’acte qui le précède dans le fichier
    .fix = rangez les actes dans l’ordre du temps
finding-exercise-time-outside = { $value } tombe hors des jours de l’exercice
    .fix = corrigez l’heure, ou `day_one` et `days`
finding-exercise-too-many = { $found } dépassent les { $max } qu’un exercice peut compter
    .fix = répartissez-les
finding-exercise-until-invalid = « { $value } » n’est pas un jour de l’exercice
    .fix = écrivez son numéro, de 1 à { $days } (`16` ou `"Jour 16"`), ou sa date, du { $first } au { $last }
finding-exercise-user-administers = le rôle { $role } administre, et un paquet ne crée pas d’administrateur
    .fix = donnez un autre rôle à cette personne
finding-exercise-user-differs = le nœud a un utilisateur { $user } qui n’est pas celui de l’exercice
    .fix = chargez l’exercice dans un autre nœud, ou renommez la personne dans le paquet
finding-exercise-user-twice = deux personnes de l’exercice s’appellent `{ $user }`
    .fix = donnez un autre nom à l’une d’elles
finding-exercise-user-unknown = personne dans l’exercice ne s’appelle `{ $user }`
    .fix = { $nearest ->
        [none] ajoutez un `[[user]]` à `exercise.toml`
       *[other] vouliez-vous dire `{ $nearest }` ?
    }
finding-export-cell-too-long = le texte de la fiche { $record } compte { $characters } caractères, une cellule de classeur en contient { $max }
    .fix = exportez en CSV, GeoJSON ou NDJSON, qui n’ont pas cette limite, ou omettez la colonne
finding-export-not-allowed = vous ne pouvez pas sortir de fiches de `{ $name }`
    .fix = demandez à un administrateur un rôle qui permet de les exporter
finding-export-too-many-rows = une feuille de classeur a au plus { $max } lignes
    .fix = restreignez le filtre, ou exportez en CSV
finding-export-unwritten = l’export n’a pas pu être écrit : { $cause }
    .fix = vérifiez qu’il reste de la place sur le disque et que l’endroit est accessible en écriture, puis recommencez
finding-expression-arguments = la fonction { $name } reçoit { $found } arguments, elle en prend { $expected } : { $expression } (caractère { $at })
    .fix = donnez-lui-en { $expected }
finding-expression-character = « { $found } » ne signifie rien dans une expression : { $expression } (caractère { $at })
    .fix = retirez-le, ou mettez-le entre guillemets
finding-expression-function-unknown = il n’y a pas de fonction { $name } : { $expression } (caractère { $at })
    .fix = { $nearest ->
        [none] voyez docs/guide/forms.md pour les fonctions qui existent
       *[other] peut-être { $nearest } ; voyez docs/guide/forms.md pour les fonctions qui existent
    }
finding-expression-list-unknown = il n’y a pas de liste { $name } : { $expression }
    .fix = { $nearest ->
        [none] nommez une liste dont une question du formulaire se sert
       *[other] nommez une liste dont une question du formulaire se sert : { $nearest }
    }
finding-expression-nodes = l’expression { $column } et celles qui la précèdent regardent plus de { $max } réponses
    .fix = donnez moins de lignes, ou que le formulaire compte une seule fois ce qu’il lui faut
finding-expression-not-nodes = { $name } dans l’expression { $column } veut des questions ou des lignes, non une valeur
    .fix = corrigez le formulaire : donnez-lui une référence ou un chemin
finding-expression-number = { $text } n’est pas un nombre avec lequel calculer : { $expression }
    .fix = écrivez un nombre plus petit
finding-expression-pattern = « { $pattern } » n’est pas un motif utilisable : { $error } ({ $expression })
    .fix = corrigez-le ; ni regards en avant ou en arrière, ni renvois à un groupe
finding-expression-pattern-answer = une réponse forme le motif « { $pattern } » dans l’expression { $column }, qui n’en est pas un
    .fix = corrigez cette réponse, ou écrivez le motif dans le formulaire
finding-expression-quote-open = un guillemet n’est pas fermé : { $expression } (caractère { $at })
    .fix = fermez-le par le même signe
finding-expression-reference-name = « { $name } » n’est pas le nom d’une question : { $expression } (caractère { $at })
    .fix = ne mettez entre les accolades que le nom
finding-expression-reference-open = une accolade n’est pas fermée : { $expression } (caractère { $at })
    .fix = terminez le renvoi par une accolade fermante
finding-expression-text = l’expression { $column } forme un texte de plus de { $max } octets
    .fix = raccourcissez les réponses qu’elle assemble, ou corrigez le formulaire
finding-expression-too-deep = l’expression est imbriquée sur plus de { $max } niveaux : { $expression }
    .fix = calculez-en des parties dans des questions à part
finding-expression-too-long = l’expression compte { $bytes } octets, { $max } sont permis : { $expression }
    .fix = calculez-en des parties dans des questions à part
finding-expression-unexpected = ceci ne peut se trouver ici : { $expression } (caractère { $at })
    .fix = cherchez un opérateur, une virgule ou une parenthèse qui manque avant
finding-expression-unfinished = l’expression s’arrête avant la fin : { $expression }
    .fix = cherchez une parenthèse ou un opérande qui manque à la fin
finding-expression-unusable = l’expression { $column } ne peut être évaluée
    .fix = signalez-le aux développeurs, avec le formulaire
finding-facet-wrong-type = les valeurs de { $field } ne se dénombrent pas : ce champ est de type { $type }
    .fix = demandez un champ à codes, un champ oui/non ou une zone
finding-facets-count = { $found } champs ont été nommés ; de 1 à { $max } peuvent être dénombrés à la fois
    .fix = nommez-les dans « fields », séparés par des virgules
finding-field-group-name-twice = le groupe de champs { $name } existe déjà, à { $first }
    .fix = renommez-le, ou inscrivez son chemin dans overrides de pack.toml
finding-file-empty = le fichier ne contient aucun tableau : toutes les lignes sont vides
    .fix = vérifiez que c’est le bon fichier et, pour un classeur, la bonne feuille
finding-file-encoding = le fichier est en { $encoding } ; il a été lu comme tel
    .fix = regardez quelques noms accentués ; s’ils sont faux, enregistrez le fichier en UTF-8
finding-file-failed = le fichier ou le dossier a fait défaut : { $what }
    .fix = vérifiez le disque et le chemin, puis réessayez
finding-file-is-folder = ceci est un dossier ; un fichier était attendu
    .fix = nommez le fichier qu’il contient
finding-file-not-a-table = le fichier n’est pas un tableau, quel que soit son nom : { $kind }
    .fix = donnez un fichier CSV, XLSX ou GeoJSON ; enregistrez un classeur ancien ou protégé en XLSX sans mot de passe
finding-file-not-allowed = le système refuse l’accès : { $what }
    .fix = donnez-vous l’accès, ou choisissez un endroit que vous pouvez lire et écrire
finding-file-not-found = ce fichier ou dossier n’existe pas
    .fix = vérifiez le chemin ; il part du dossier où vous êtes
finding-file-open-to-others = d’autres sur cette machine peuvent lire ce fichier
    .fix = retirez ces droits : chmod -R go= sur le dossier du nœud
finding-file-too-large = le fichier compte { $bytes } octets, { $max } sont permis
    .fix = divisez-le, ou compressez un fichier CSV avec gzip
finding-file-unpacks-too-large = le fichier compressé donne plus de { $max } octets
    .fix = divisez-le ; un fichier qui se déplie bien au-delà du normal peut être une attaque
finding-file-unreadable = le fichier n’a pas pu être lu jusqu’au bout : { $cause }
    .fix = copiez-le ou téléchargez-le de nouveau ; il est peut-être tronqué ou sur un disque défaillant
finding-filter-crossing-ring = le polygone en { $position } se croise lui-même près de { $place }
    .fix = donnez ses sommets dans l’ordre, le long de son contour
finding-filter-ends-early = le filtre s’arrête en { $position } alors que { $expected } devrait suivre
    .fix = complétez le filtre
finding-filter-list-too-long = la liste en { $position } compte { $found } valeurs, { $max } sont permises
    .fix = raccourcissez la liste, ou utilisez un motif ou un intervalle
finding-filter-more-findings = plus de { $max } erreurs ; les suivantes ne sont pas listées
    .fix = corrigez d’abord celles-ci
finding-filter-needs-condition = { $value } en { $position } est : { $given } ; il faut ici une condition, vraie ou fausse
    .fix = comparez-le à quelque chose, comme dans deaths_best > 3
finding-filter-needs-field = { $operator } attend le nom d’un champ en { $position }
    .fix = mettez un champ d’un côté ; les textes s’écrivent entre 'apostrophes', les noms de champs non
finding-filter-not-json = ceci n’est pas du JSON : la lecture s’arrête à la ligne { $row }, colonne { $column }
    .fix = corrigez le JSON à cet endroit, ou écrivez le filtre en texte
finding-filter-open-pattern = le motif { $pattern } en { $position } se termine par une barre \ qui ne protège rien
    .fix = écrivez \\ pour une barre oblique inverse, ou supprimez-la
finding-filter-pattern-too-long = le motif en { $position } compte { $found } octets, { $max } sont permis
    .fix = raccourcissez le motif
finding-filter-syntax = en { $position } se trouve { $found } à la place de { $expected }
    .fix = corrigez le filtre à cet endroit ; les textes s’écrivent entre 'apostrophes', les noms de champs non
finding-filter-too-deep = le filtre est imbriqué sur plus de { $max } niveaux en { $position }
    .fix = retirez les parenthèses inutiles, ou divisez le filtre
finding-filter-too-long = le filtre compte { $found } octets, { $max } sont permis
    .fix = raccourcissez-le ; simplifiez ses formes ou ses listes
finding-filter-unclosed = le { $mark } ouvert en { $position } n’est jamais fermé
    .fix = fermez-le ; dans un texte, doublez l’apostrophe : 'l''est’
finding-filter-unknown-field = il n’y a pas de champ { $field } (en { $position })
    .fix = { $nearest ->
        [none] nommez un champ de ce registre
       *[other] nommez un champ de ce registre : { $nearest }
    }
finding-filter-unknown-function = il n’y a pas de fonction { $name } (en { $position })
    .fix = { $nearest ->
        [none] utilisez plutôt
       *[other] utilisez plutôt : { $nearest }
    }
finding-filter-unsupported = { $name } (en { $position }) est une partie de CQL2 qui n’est pas proposée ici
    .fix = exprimez-le autrement ; la référence des filtres liste ce qui est proposé
finding-filter-wrong-arguments = { $operator } en { $position } ne s’écrit pas ainsi
    .fix = écrivez-le comme { $expected }
finding-filter-wrong-box = le rectangle en { $position } n’est pas ouest, sud, est, nord en degrés
    .fix = écrivez BBOX(-5,14,0,17) ; l’ouest ne dépasse l’est que sur la ligne de changement de date
finding-filter-wrong-date = { $value } en { $position } n’est pas un jour
    .fix = écrivez-le comme DATE('2018-03-01') ; pour un instant, TIMESTAMP('2018-03-01T14:30:00Z')
finding-filter-wrong-interval = l’intervalle en { $position } n’a aucune borne, ou finit avant de commencer
    .fix = donnez un début ou une fin, le plus ancien d’abord : INTERVAL('2018-03-01','..')
finding-filter-wrong-number = { $value } en { $position } n’est pas un nombre d’au plus 18 chiffres
    .fix = écrivez-le comme 12, -3.5 ou 1e3, avec un point et sans espaces
finding-filter-wrong-operator = le champ { $field } contient : { $type }, qui n’admet pas { $operator } (en { $position })
    .fix = les lieux admettent S_INTERSECTS et semblables, les listes de codes A_CONTAINS et semblables, les champs oui-non et la classification = et <>, les lignes et les fichiers seulement IS NULL
finding-filter-wrong-pair = les champs { $field } ({ $type }) et { $other } ({ $other_type }) ne se comparent pas (en { $position })
    .fix = comparez des champs de même type
finding-filter-wrong-shape = la forme en { $position } ne peut pas être lue : { $value }
    .fix = écrivez POINT(-0.04 16.27), LINESTRING, POLYGON ou MULTIPOLYGON, longitude d’abord, en degrés, sans altitude
finding-filter-wrong-time = { $value } en { $position } n’est ni un jour ni un instant
    .fix = écrivez-le comme 2018-03-01 ou 2018-03-01T14:30:00Z
finding-filter-wrong-type = le champ { $field } contient : { $type } ; or { $value } en { $position } est : { $given }
    .fix = comparez-le à une valeur du même type : 'texte', 12, TRUE, DATE('2018-03-01') ou TIMESTAMP('2018-03-01T14:30:00Z') ; pour l’absence de valeur, IS NULL
finding-findings-more = et { $count } autres constats
    .fix = corrigez d’abord ceux du dessus, puis vérifiez de nouveau
finding-folder-not-empty = le dossier n’est pas vide et ne contient pas de nœud
    .fix = choisissez un dossier nouveau ou vide avec --data
finding-form-calculation-missing = une question de type calculate n’a rien à calculer
    .fix = remplissez sa colonne calculation, ou supprimez la ligne
finding-form-cell-control = la cellule contient un caractère qu’aucun formulaire ne peut porter
    .fix = ressaisissez le texte sans le coller d’ailleurs
finding-form-cell-headless = « { $value } » figure dans la colonne { $number }, qui n’a pas de nom ; la cellule est laissée de côté
    .fix = nommez la colonne, ou défaites la fusion de cellules de l’en-tête
finding-form-code-retired = le choix { $code } de la liste { $list } n’est plus dans le formulaire ; il reste lisible et ne peut plus être choisi
    .fix = rien à faire ; pour l’offrir de nouveau, remettez-le
finding-form-column-left-out = la colonne { $column } n’a pas de place dans un registre et est laissée de côté
    .fix = rien à faire, sauf si le formulaire en a besoin
finding-form-column-unknown = la colonne { $column } n’existe pas dans une feuille survey
    .fix = { $nearest ->
        [none] renommez-la ou supprimez-la
       *[other] renommez-la ou supprimez-la ; connues : { $nearest }
    }
finding-form-cycle = ces questions dépendent les unes des autres en cercle : { $cycle }
    .fix = calculez l’une d’elles à partir d’autre chose
finding-form-field-retired = la question { $name } n’est plus dans le formulaire ; les réponses données restent lisibles
    .fix = rien à faire ; pour la poser de nouveau, remettez-la
finding-form-field-retyped = la question { $name } contenait un { $before } et contient maintenant un { $after } : les réponses données seraient illisibles
    .fix = donnez à la nouvelle question un nom à elle
finding-form-file-name = « { $file } » ne dit pas de quel genre de fichier il s’agit
    .fix = nommez un fichier en .csv, .xml ou .geojson, avec un seul point
finding-form-group-deep = des groupes sont imbriqués sur plus de { $max } niveaux
    .fix = fermez des groupes avant que celui-ci ne commence
finding-form-group-not-open = un groupe se termine ici sans avoir commencé
    .fix = supprimez cet end_group, ou ajoutez le begin_group qui manque
finding-form-group-open = le groupe { $group } commence ici et ne se termine pas
    .fix = ajoutez un end_group après sa dernière question
finding-form-image-missing = la question { $name } a une grande image et pas de petite
    .fix = remplissez image à côté de big-image
finding-form-instance-twice = deux listes ou fichiers différents s’appelleraient { $name }
    .fix = renommez l’un des deux
finding-form-label-missing = la question { $name } n’a ni libellé ni aide
    .fix = donnez-lui un libellé
finding-form-language-unclear = on ne peut dire quelle langue est « { $language } » ; ses textes sont laissés de côté
    .fix = nommez-la avec son code : label::French (fr)
finding-form-list-closed = la question { $name } n’est pas posée : sa liste { $list } n’a aucun code à choisir le { $day }
    .fix = donnez à un code de la liste un valid_to plus tardif, ou une autre liste à la question
finding-form-list-unknown = il n’existe pas de liste de codes { $list }
    .fix = { $nearest ->
        [none] employez une liste du paquet ou de choices.csv
       *[other] employez une liste du paquet ou de choices.csv : { $nearest }
    }
finding-form-name-changed = « { $from } » s’appelle ici { $to }
    .fix = rien à faire ; pour choisir le nom vous-même, renommez dans le formulaire
finding-form-name-missing = la question ou le groupe n’a pas de nom
    .fix = remplissez sa colonne name
finding-form-name-reserved = aucun champ ne peut s’appeler { $name }
    .fix = donnez un autre nom au champ
finding-form-name-twice = le nom { $name } est déjà pris, à { $first }
    .fix = donnez un autre nom à l’un des deux
finding-form-name-unfit = « { $value } » ne peut pas être un nom dans un formulaire
    .fix = commencez par une lettre ou _, puis lettres, chiffres, _, - ou point ; pas d’espaces
finding-form-other-filtered = un filtre des choix cacherait le choix « autre »
    .fix = supprimez or_other et ajoutez le choix à la liste, ou supprimez le filtre
finding-form-parameter-unknown = les questions de ce type n’ont pas de paramètre { $name }
    .fix = connus : { $known }
finding-form-parameter-value = le paramètre { $name } ne peut pas valoir « { $value } »
    .fix = voyez ce qui est admis : https://docs.getodk.org/form-question-types
finding-form-parameters-unclear = « { $value } » ne se lit pas comme des paramètres
    .fix = écrivez nom=valeur, séparés par des espaces
finding-form-prefix-unknown = le préfixe de { $value } ne désigne aucun espace de noms
    .fix = déclarez-le dans la colonne namespaces de la feuille settings, ou supprimez la colonne
finding-form-reference-broken = la référence à « { $value } » est illisible
    .fix = écrivez ${"{"}nom{"}"}, sans espaces
finding-form-reference-several = plusieurs questions s’appellent { $name }
    .fix = donnez des noms distincts à celles auxquelles on se réfère
finding-form-reference-unknown = l’expression renvoie à { $name }, qui n’est pas une question de ce formulaire
    .fix = { $nearest ->
        [none] renvoyez à une question du formulaire
       *[other] renvoyez à une question du formulaire : { $nearest }
    }
finding-form-refused-kept = le formulaire a été refusé et est conservé : { $file }
    .fix = corrigez-le et importez-le de nouveau
finding-form-repeat-not-open = une répétition se termine ici sans avoir commencé
    .fix = supprimez cet end_repeat, ou ajoutez le begin_repeat qui manque
finding-form-repeat-open = la répétition { $repeat } commence ici et ne se termine pas
    .fix = ajoutez un end_repeat après sa dernière question
finding-form-repeat-too-deep = plus de { $max } répétitions sont imbriquées
    .fix = sortez la répétition la plus profonde des autres
finding-form-required-unclear = « { $value } » n’indique pas si la question est obligatoire
    .fix = écrivez yes ou no ; les expressions ne sont pas admises ici
finding-form-rows-far = les lignes à partir d’ici sont loin sous les autres et sont laissées de côté
    .fix = remontez-les, ou supprimez-les
finding-form-sealed-not-here = un groupe ou une colonne de répétition ne peut pas être scellé par { $value }
    .fix = scellez chaque question du groupe, ou la répétition entière, sur sa ligne begin_repeat
finding-form-sealed-shown = cette question n’est pas scellée pour { $compartment } et se calcule à partir de { $name }, qui l’est : qui la lit lirait celle-ci
    .fix = scellez-la aussi pour { $compartment } (bind::casque:sealed), ou ne la calculez pas à partir de questions scellées
finding-form-sheet-large = la feuille a { $found } { $what ->
        [rows] lignes
       *[cells] cellules
    }, { $max } sont admises
    .fix = divisez le formulaire, ou gardez les longues listes dans un fichier à part
finding-form-sheet-unsupported = la feuille { $sheet } n’est pas prise en charge
    .fix = supprimez-la, ou mettez _ devant son nom
finding-form-table-list = dans ce tableau les choix viennent de { $first }, ici de { $list }
    .fix = employez une seule liste dans tout le tableau
finding-form-trigger-missing = un lieu relevé en arrière-plan exige un déclencheur et n’admet pas de calcul
    .fix = remplissez trigger et videz calculation
finding-form-trigger-unseen = personne ne répond à { $name }, elle ne peut donc rien déclencher
    .fix = nommez une question que l’on voit
finding-form-type-argument = le type { $type } n’accepte pas « { $argument } »
    .fix = select_one et select_multiple exigent le nom d’une liste, record celui d’un registre, les autres types rien
finding-form-type-unknown = il n’existe pas de type de question { $type }
    .fix = { $nearest ->
        [none] employez un type de XLSForm
       *[other] employez un type de XLSForm : { $nearest }
    }
finding-form-type-unsupported = les registres n’admettent pas les questions de type { $type }
    .fix = employez un autre type
finding-form-unusable = le formulaire de ce registre contient des erreurs : { $count } ; tant qu’elles ne sont pas corrigées, ses fiches se lisent, mais ne peuvent être ni créées ni modifiées
    .fix = adressez-vous à un administrateur : casque pack check nomme les endroits du paquet, casque pack use met en service celui qui est corrigé ; un formulaire repris ici est corrigé puis repris avec casque register import
finding-gate-shut = le verrou de « { $transition } » n’est pas ouvert : { $field }
    .fix = nommez dans { $field } une fiche qui permet cette étape ce jour-là, ou adressez-vous à ceux qui la tiennent
finding-generic-key-missing = aucune colonne n’identifie les lignes
    .fix = ajoutez une colonne contenant une clé stable par ligne, nommée : { $columns }
finding-generic-no-field = aucune colonne ne porte le nom d’un champ du registre
    .fix = renommez des colonnes, ou écrivez une correspondance ; champs : { $fields }
finding-geojson-altitude-left-out = les positions ont des altitudes, qui ont été laissées de côté
    .fix = rien, sauf si vous en avez besoin : mettez-les alors dans une propriété
finding-geojson-broken = le fichier n’est pas du JSON valide, ligne { $line } : { $cause }
    .fix = exportez-le de nouveau depuis le programme d’origine
finding-geojson-invalid = ce n’est pas une collection GeoJSON de zones : { $problem }
    .fix = exportez de nouveau la couche en FeatureCollection GeoJSON
finding-geojson-no-collection = le fichier n’est pas une FeatureCollection mais `{ $found }`
    .fix = exportez toute la couche comme FeatureCollection GeoJSON
finding-geojson-property-hidden = une propriété porte le nom de la colonne de la forme et a été laissée de côté
    .fix = donnez un autre nom à cette propriété
finding-geojson-system = les coordonnées sont en `{ $system }`, pas en WGS 84
    .fix = exportez de nouveau la couche en WGS 84 (EPSG:4326)
finding-geometry-invalid = la forme n’est pas valide : { $cause }
    .fix = corrigez la forme dans un logiciel de cartographie
finding-geometry-kind = une forme de type `{ $kind }` ne peut être conservée : Point, LineString, Polygon et MultiPolygon le peuvent
    .fix = séparez la forme en un élément par partie
finding-header-blank = la colonne { $position } n’a pas de nom
    .fix = donnez-lui un nom, ou supprimez la colonne
finding-header-duplicate = les colonnes { $first } et { $second } s’appellent toutes deux `{ $name }`
    .fix = renommez ou supprimez l’une d’elles
finding-header-too-many-columns = le tableau a plus de { $max } colonnes
    .fix = supprimez les colonnes inutiles ; le séparateur a peut-être aussi été mal reconnu
finding-host-unknown = ce nœud ne répond pas au nom { $host }
    .fix = utilisez son adresse, ou démarrez-le avec --host { $host }
finding-if-match-missing = la requête ne dit pas quel état de la fiche son auteur a vu
    .fix = envoyez If-Match avec l’ETag de la fiche telle que vous l’avez lue, ou * pour la modifier quoi qu’elle contienne
finding-hxl-no-tag-row = aucune des { $rows } premières lignes n’est une ligne de mots-dièse HXL tels que #org, #sector, #adm1+code
    .fix = ajoutez la ligne de mots-dièse sous les intitulés, ou choisissez la correspondance d’un tableau sans mots-dièse
finding-hxl-tag-wrong = « { $value } », colonne { $position }, n’est pas un mot-dièse HXL ; la colonne n’est pas lue
    .fix = écrivez #mot+attribut, uniquement avec des lettres, des chiffres et _
finding-hxl-columns-untagged = les colonnes sans mot-dièse ne sont pas lues ({ $count }) : { $columns }
    .fix = donnez un mot-dièse à celles qui importent
finding-hxl-tag-row-left-out = la première ligne est une ligne de mots-dièse HXL et a été laissée de côté : cette correspondance suit les intitulés
    .fix = rien n’est à faire
finding-hxl-tag-row-again = voici une seconde ligne de mots-dièse HXL
    .fix = ne laissez qu’une ligne de mots-dièse par tableau, et placez les tableaux à autres colonnes dans leurs propres fichiers
finding-hxl-tag-missing = la correspondance { $mapping } exige une colonne au mot-dièse { $tag } ; le fichier a { $tags }
    .fix = choisissez le bon fichier ou la bonne correspondance, ou donnez ce mot-dièse à la colonne
finding-import-set-wrong = « { $value } » n’a pas la forme CHAMP=VALEUR
    .fix = écrivez par exemple --set as_of=2022-03-31
finding-import-field-unknown = le registre { $register } n’a pas de champ { $field }
    .fix = { $nearest ->
        [none] `casque register list` montre les registres, leurs formulaires les champs
       *[other] vouliez-vous dire { $nearest } ?
    }
finding-import-day-of-name = les lignes sans jour pour { $field } reçoivent celui du nom du fichier : { $day }
    .fix = s’il est faux, importez de nouveau avec --set { $field }=JOUR : les mêmes fiches changent
finding-import-day-of-import = les lignes sans jour pour { $field } reçoivent celui d’aujourd’hui : { $day } ; ni les lignes ni le nom du fichier n’en indiquent
    .fix = si vous savez mieux, importez de nouveau avec --set { $field }=JOUR : les mêmes fiches changent
finding-import-link-absent = { $field } renvoie à la fiche de clé « { $key } » de { $register }, qui n’est pas encore là ou que vous ne pouvez pas lire
    .fix = importez aussi cette fiche : le lien vaut dès qu’elle est là ; sinon, corrigez la clé
finding-import-no-look-alike-rule = le registre `{ $register }` n’a pas de règle de ressemblance que vous puissiez utiliser
    .fix = importez sans --leave-out-alike, ou écrivez [look_alike] dans les réglages du registre
finding-import-too-many-to-compare = ce fichier est trop grand pour y chercher des ressemblances : il a plus de { $max } nouvelles lignes, ou leurs mots sont trop nombreux à comparer
    .fix = divisez le fichier, ou importez sans --leave-out-alike
finding-import-not-allowed = vous ne pouvez pas importer dans `{ $name }`
    .fix = demandez à un administrateur un rôle qui permet d’importer, ou agissez comme un autre utilisateur avec --user
finding-internal = une faute du programme : { $what }
    .fix = rien n’est perdu ; signalez-la avec la commande exécutée
finding-journal-bad-key = la clé d’appareil { $device } ne permet pas de vérifier des signatures
    .fix = aucun appareil réel n’a cette clé : ne vous fiez pas au fichier et signalez sa provenance
finding-journal-damaged = le fichier est abîmé après { $entries } entrées ({ $cause })
    .fix = copiez ou téléchargez à nouveau le fichier, ou prenez-le d’une sauvegarde
finding-journal-empty-shape = la forme ({ $shape }) a trop peu de points
    .fix = tracez une ligne d’au moins deux points, une surface d’au moins trois, ou laissez le champ vide
finding-journal-entry-changed = le contenu de l’entrée { $sequence } a été modifié ou abîmé après sa signature
    .fix = récupérez cette entrée auprès d’un autre site ou d’une sauvegarde ; les entrées avant { $sequence } sont bonnes
finding-journal-entry-foreign = l’entrée { $sequence } appartient à un autre registre, { $found }
    .fix = récupérez ce registre auprès d’un autre site ; les entrées avant { $sequence } sont bonnes
finding-journal-entry-forged = la signature de l’entrée { $sequence } n’est pas celle de l’appareil : elle est falsifiée ou abîmée
    .fix = récupérez ce registre auprès d’un autre site ; s’il y est identique, signalez l’appareil au quartier général
finding-journal-entry-out-of-order = à la place de l’entrée { $sequence } se trouve l’entrée { $found } : il y a un manque, un double ou un désordre
    .fix = récupérez ce registre auprès d’un autre site ; les entrées avant { $sequence } sont bonnes
finding-journal-entry-too-long = l’entrée { $sequence } annonce un contenu de { $found } octets, plus long qu’il n’est permis
    .fix = aucun programme correct n’écrit cela : signalez l’appareil au quartier général ; les entrées avant { $sequence } sont bonnes
finding-journal-entry-unchained = l’entrée { $sequence } ne prolonge pas la précédente mais { $found } : le registre a été réécrit ou dédoublé
    .fix = signalez-le au quartier général et gardez les deux copies ; les entrées avant { $sequence } sont bonnes
finding-journal-field-twice = le champ { $field } est renseigné deux fois dans une même entrée
    .fix = ne le renseignez qu’une fois ; c’est une faute du programme ou de l’import qui l’a écrit
finding-journal-limit = cette entrée contiendrait { $found } { $what } ; { $max } au plus sont admis
    .fix = raccourcissez le texte ou simplifiez la forme, ou faites-en plusieurs saisies
finding-journal-listed-twice = { $what } { $which } figure deux fois dans la liste
    .fix = ne l’indiquez qu’une fois
finding-journal-not-a-journal = ce n’est pas un fichier de journal d’une version que celle-ci sait lire
    .fix = choisissez un fichier écrit par `casque journal export` ; si une version plus récente l’a écrit, installez-la
finding-journal-not-read = le fichier n’a pas pu être lu ({ $cause })
    .fix = vérifiez le disque ou la clé et les droits d’accès, puis réessayez
finding-journal-orphans = le journal contient { $count } entrées d’un registre qu’il ne connaît plus
    .fix = restaurez le nœud d’une sauvegarde, ou récupérez ses registres auprès d’un autre site ; n’y ajoutez rien avant
finding-journal-truncated = le fichier s’arrête trop tôt, après { $entries } entrées
    .fix = copiez ou téléchargez à nouveau le fichier ; les entrées avant la coupure sont bonnes
finding-journal-unknown-kind = cette version ne sait pas écrire d’entrées de type { $kind }
    .fix = installez la version qui connaît ce type ; celles qui arrivent sont conservées et transmises
finding-journal-wrong-end = le fichier contient { $entries } entrées, ce qui n’est pas la fin qu’il annonce
    .fix = copiez ou téléchargez à nouveau le fichier ; il manque des entrées à la fin ou quelque chose y a été ajouté
finding-language-invalid = « { $value } » n’est pas un code de langue
    .fix = écrivez deux ou trois lettres minuscules : en, fr
finding-list-classification = la liste doit contenir exactement les niveaux de ST/SGB/2007/6
    .fix = gardez ces codes et aucun autre : { $expected }
finding-list-code-invalid = « { $value } » ne peut être un code
    .fix = un code n’est pas vide et ne contient ni espace, ni virgule, ni point-virgule
finding-list-code-twice = le code { $code } figure déjà dans la liste, ligne { $first }
    .fix = supprimez l’une des lignes, ou donnez à chacune sa période de validité
finding-list-column-unknown = la colonne { $column } n’existe pas dans une liste de codes
    .fix = { $nearest ->
        [none] renommez-la  ; une table de passage est une colonne au nom simple en minuscules
       *[other] renommez-la ; connues : { $nearest } ; une table de passage est une colonne au nom simple en minuscules
    }
finding-list-crosswalk-unknown = la table de passage mène à { $code }, qui n’est pas un code de la liste { $list }
    .fix = { $nearest ->
        [none] employez un code de cette liste
       *[other] employez un code de cette liste : { $nearest }
    }
finding-list-name-twice = la liste de codes { $name } existe déjà, à { $first }
    .fix = renommez-la, ou inscrivez son chemin dans overrides de pack.toml
finding-list-parent-cycle = le code { $code } est son propre ancêtre, par { $parent }
    .fix = corrigez les parents de cette lignée
finding-list-parent-unknown = le parent { $parent } n’est pas un code de cette liste
    .fix = { $nearest ->
        [none] employez un code de la liste
       *[other] employez un code de la liste : { $nearest }
    }
finding-list-unused = aucune question n’emploie la liste { $name }
    .fix = supprimez la liste, ou employez-la
finding-list-validity-overlap = la période du code { $code } recoupe celle de la ligne { $first }
    .fix = faites finir une période avant que l’autre commence
finding-list-validity-reversed = le code { $code } finit le { $to }, avant de commencer le { $from }
    .fix = échangez ou corrigez les deux jours
finding-log-damaged = l’entrée { $sequence } du registre { $log } est la première fautive : { $cause }
    .fix = les entrées d’avant sont bonnes ; restaurez le nœud d’une sauvegarde ou récupérez le registre de l’appareil { $device } auprès d’un autre site
finding-look-alike-fields-many = { $found } champs servent à reconnaître les ressemblances ; { $max } au plus sont permis
    .fix = retirez-en
finding-look-alike-not-indexed = on ne peut chercher de ressemblances d’après { $field }
    .fix = nommez le { $key } du registre{ $known ->
        [none] , qu’il doit avoir
       *[other] , c’est-à-dire { $known }
    }
finding-look-alike-nowhere = cette règle ne regarde ni un lieu ni un moment
    .fix = ajoutez [look_alike.place] ou [look_alike.time] : sans eux, chaque fiche serait comparée à toutes les autres
finding-look-alike-precision-missing = { $key } porte sur les codes d’une précision, et aucun champ de précision n’est nommé
    .fix = ajoutez precision = "CHAMP", ou retirez { $key }
finding-mandate-ambiguous = `{ $mandate }` désigne plus d’une résolution : { $found }
    .fix = ajoutez l’année : 2364-2017
finding-mandate-ceiling-negative = le plafond de { $category } est { $value }
    .fix = écrivez un nombre de personnes, nul ou positif
finding-mandate-file-name = le fichier de cette résolution devrait s’appeler { $expected }
    .fix = renommez le fichier, ou corrigez le numéro et l’année
finding-mandate-replaces-later = { $mandate } n’a pas été adoptée auparavant et ne peut être remplacée
    .fix = corrigez replaces ou les dates
finding-mandate-replaces-unknown = { $mandate }, que celle-ci remplace, n’est pas dans le paquet
    .fix = ajoutez cette résolution, ou retirez-la de replaces
finding-mandate-tasks-known = tasks_known vaut { $known }, et il y a { $count } tâches
    .fix = mettez tasks_known à true si les tâches sont saisies, à false sinon
finding-mandate-twice = la résolution { $mandate } existe déjà, à { $first }
    .fix = supprimez l’une des deux
finding-mandate-unknown = le paquet n’a pas de mandat `{ $mandate }`
    .fix = prenez un de ceux-ci : { $known }
finding-mandate-until-before-adopted = le terme échoit le { $until }, et non après l’adoption du { $adopted }
    .fix = corrigez l’une des deux dates
finding-mandate-year-differs = l’année est { $year }, mais le jour de l’adoption { $adopted }
    .fix = corrigez l’un des deux
finding-mapping-area-level = il n’existe pas de niveau { $level }
    .fix = indiquez un niveau de 1 à { $max }
finding-mapping-column-missing = la correspondance { $mapping } exige la colonne { $column }, absente du fichier
    .fix = { $nearest ->
        [none] choisissez le bon fichier ou la bonne correspondance, ou renommez la colonne
       *[other] choisissez le bon fichier ou la bonne correspondance, ou renommez la colonne ; trouvé : { $nearest }
    }
finding-mapping-crosswalk-unknown = la liste { $list } n’a pas de table de passage { $crosswalk }
    .fix = { $nearest ->
        [none] employez une colonne de passage de la liste
       *[other] employez une colonne de passage de la liste : { $nearest }
    }
finding-mapping-field-unknown = le registre { $register } n’a pas de champ { $field }
    .fix = { $nearest ->
        [none] employez un champ du registre
       *[other] employez un champ du registre : { $nearest }
    }
finding-mapping-hashtag = `{ $column }` n’est pas un mot-dièse HXL, et d’autres colonnes de cette correspondance en sont
    .fix = désignez toutes les colonnes par un mot-dièse tel que #org+name-type, ou toutes par leur intitulé
finding-mapping-link-constant = « link » fait une clé de ce que dit une ligne, et cette valeur est la même pour toutes
    .fix = nommez la colonne dans « column », ou retirez « link » et donnez l’identifiant de la fiche
finding-mapping-link-unknown = aucune correspondance ne donne aux fiches de { $register } des clés de l’espace « { $namespace } »
    .fix = { $nearest ->
        [none] nommez l’espace de noms d’une correspondance de ce registre, ou « generic »
       *[other] nommez l’un de ceux-ci : { $nearest }
    }
finding-mapping-name-reserved = { $name } est le nom de la correspondance par noms de colonnes
    .fix = donnez un autre nom au fichier
finding-mapping-name-twice = la correspondance { $name } existe déjà, à { $first }
    .fix = renommez-la, ou inscrivez-y override = true
finding-mapping-of-another-register = la correspondance `{ $mapping }` est pour le registre `{ $register }`
    .fix = importez avec --register { $register }, ou avec une autre correspondance
finding-mapping-origin = la valeur doit avoir exactement une provenance, indiqué : { $given }
    .fix = n’en gardez qu’une parmi : { $known }
finding-mapping-required-missing = le registre { $register } exige { $field }, et rien ne le fournit
    .fix = ajoutez [fields.{ $field }]
finding-mapping-type = le champ { $field } est de type { $found } ; il faut ici { $expected }
    .fix = employez un autre champ, ou remplissez celui-ci autrement
finding-mapping-unknown = le paquet n’a pas de correspondance `{ $mapping }`
    .fix = { $nearest ->
        [none] voyez les correspondances existantes avec `casque pack show`, ou utilisez `generic`
       *[other] vouliez-vous dire `{ $nearest }` ?
    }
finding-media-type-not-offered = cette adresse répond en JSON, que la requête n’accepte pas
    .fix = envoyez Accept: application/json, ou aucun en-tête de ce genre
finding-media-type-wrong = le corps est d’un type qui n’est pas accepté ici
    .fix = dites ce qu’il est avec `Content-Type` ; la plupart des adresses acceptent application/json
finding-merge-in-conflict = la valeur de { $field } est encore disputée dans { $record }
    .fix = tranchez d’abord, ou ne la reprenez pas
finding-merge-itself = une fiche ne peut être fusionnée avec elle-même, ni être autre qu’elle-même
    .fix = nommez deux fiches différentes
finding-merge-more-protected = la fiche conservée est plus protégée que celle qui est fusionnée avec elle
    .fix = fusionnez dans l’autre sens, ou changez d’abord la classification : qui ne lit que celle-ci la perdrait
finding-merge-takes-protected = la fiche fusionnée est plus protégée que celle qui est conservée
    .fix = ne reprenez aucune valeur, ou relevez d’abord la classification de la fiche conservée
finding-method-not-allowed = cette adresse n’a pas cette méthode
    .fix = elle a { $methods }
finding-name-invalid = « { $value } » n’est pas un nom
    .fix = un nom commence par une lettre minuscule, suivie de minuscules, de chiffres, de _ ou de -, 63 caractères au plus
finding-no-conflict = il n’y a rien à trancher dans `{ $field }`
    .fix = champs de cette fiche dont les valeurs se contredisent : { $open }
finding-node-exists = il y a déjà un nœud ici
    .fix = utilisez-le, ou créez le nouveau ailleurs avec --data
finding-node-not-found = il n’y a pas de nœud dans ce dossier
    .fix = nommez le dossier du nœud avec --data, ou créez-en un avec `casque init` ; `casque serve --pack` en crée un aussi
finding-node-unavailable = le nœud ne peut pas le faire en ce moment ({ $what })
    .fix = réessayez dans quelques secondes ; si cela dure, demandez au responsable du nœud de regarder avec `casque doctor`
finding-node-without-pack = la copie du paquet que garde le nœud est incomplète
    .fix = restaurez le dossier du nœud depuis une sauvegarde
finding-not-allowed = vous ne pouvez pas faire cela ({ $action }) à cette fiche de `{ $register }`, telle qu’elle est ou telle qu’elle serait
    .fix = demandez à un administrateur un rôle, une zone ou une habilitation qui le permet
finding-nothing-here = il n’y a rien à cette adresse
    .fix = vérifiez l’adresse ; /api/openapi.json donne la liste de ce qui existe
finding-offset-too-large = la pagination saute au plus { $max } fiches
    .fix = restreignez la question par période, cadre ou filtre, ou exportez tout
finding-output-closed = le lecteur de la sortie a cessé de lire
    .fix = relancez avec un lecteur qui lit jusqu’au bout
finding-output-failed = la sortie n’a pas pu être écrite : { $what }
    .fix = vérifiez qu’il reste de la place sur le disque et que l’endroit est accessible en écriture, puis relancez
finding-override-file-missing = overrides nomme { $file }, que ce paquet n’a pas
    .fix = { $nearest ->
        [none] corrigez le chemin
       *[other] corrigez le chemin : { $nearest }
    }
finding-override-nothing = { $name } déclare remplacer, mais rien n’existe au-dessous
    .fix = supprimez override, ou corrigez le nom
finding-pack-bounding-box = « { $value } » n’est pas un rectangle
    .fix = écrivez ouest, sud, est, nord en degrés : [-12.3, 10.1, 4.3, 25.1]
finding-pack-code-gone = { $code } de { $field } dans { $register } n’est dans aucune liste du nouveau paquet ; fiches qui l’ont : { $records }
    .fix = gardez le code avec un valid_to : il n’est plus proposé et reste lisible
finding-pack-field-demanded = le nouveau paquet exige une réponse dans { $field } de { $register } ; fiches qui n’en ont pas : { $records }
    .fix = rien à faire : elles restent telles quelles, et qui en modifie une sera interrogé
finding-pack-field-gone = le nouveau paquet n’a pas { $field } dans { $register } ; fiches qui y ont une réponse : { $records }
    .fix = gardez la question avec relevant false() : elle n’est plus posée et reste lisible
finding-pack-field-retyped = { $field } de { $register } contenait { $before } et contiendrait { $after } ; fiches dont la réponse ne pourrait plus être lue : { $records }
    .fix = donnez à la nouvelle question un nom à elle, et gardez l’ancienne avec relevant false()
finding-pack-register-gone = le nouveau paquet n’a pas le registre { $register } ; fiches qu’il contient : { $records }
    .fix = gardez le registre dans le paquet
finding-pack-country = « { $value } » n’est pas un code de pays
    .fix = écrivez les deux majuscules de l’ISO 3166 : ML
finding-pack-extends-cycle = le paquet s’étend lui-même : { $chain }
    .fix = supprimez une ligne extends de cette chaîne
finding-pack-extends-long = plus de { $max } paquets s’étendent les uns les autres
    .fix = réunissez-en quelques-uns
finding-pack-extends-unknown = il n’existe pas de paquet { $pack }
    .fix = placez son dossier à côté de celui-ci, ou corrigez le nom
finding-pack-file-large = le fichier compte { $bytes } octets, { $max } sont permis
    .fix = réduisez-le, par exemple en simplifiant les formes
finding-pack-file-unused = rien ne lit { $file }
    .fix = { $nearest ->
        [none] renommez-le ou supprimez-le
       *[other] renommez-le ou supprimez-le ; un paquet contient : { $nearest }
    }
finding-pack-files-many = le paquet compte { $found } fichiers, { $max } sont permis
    .fix = supprimez ceux qui n’en font pas partie
finding-pack-manifest-missing = le dossier { $pack } n’a pas de pack.toml
    .fix = ajoutez-le, ou indiquez le bon dossier
finding-pack-name-differs = le paquet s’appelle { $name }, son dossier { $folder }
    .fix = donnez-leur le même nom
finding-pack-not-found = il n’y a pas de paquet dans ce dossier : il n’a pas de pack.toml
    .fix = nommez le dossier d’un paquet, par exemple packs/minusma
finding-pack-time-zone = « { $value } » n’est pas un nom de fuseau horaire
    .fix = écrivez Africa/Bamako, ou UTC
finding-pack-too-large = le fichier est trop gros, ou le paquet a trop de fichiers
    .fix = retirez ce qui n’appartient pas au paquet, ou divisez le fichier
finding-pack-unknown = il n’existe pas de paquet { $pack }
    .fix = indiquez le dossier d’un paquet
finding-page-too-large = une page contient au plus { $max } fiches
    .fix = demandez-en moins avec --limit, continuez avec --offset, ou utilisez `casque export` pour tout
finding-pages-missing = cet exécutable ne contient pas de pages : il ne sert que les programmes
    .fix = faites-les avec `cargo xtask web`, puis compilez de nouveau
finding-parameter-missing = le paramètre « { $name } » manque
    .fix = ajoutez { $name }= à l’adresse
finding-parameter-twice = le paramètre { $name } est donné plus d’une fois
    .fix = donnez-le une seule fois
finding-parameter-unknown = il n’y a pas de paramètre { $name } ici
    .fix = { $nearest ->
        [none] voyez /api/openapi.json pour ceux qui existent
       *[other] vouliez-vous dire { $nearest } ?
    }
finding-parameter-wrong = le paramètre { $name } ne peut pas être « { $value } »
    .fix = il prend { $expected }
finding-password-differs = les deux mots de passe diffèrent
    .fix = tapez deux fois le même mot de passe
finding-password-empty = le mot de passe est vide
    .fix = choisissez-en un de 12 caractères ou plus
finding-password-file-wrong = le fichier ne contient pas exactement une ligne avec un mot de passe
    .fix = écrivez le mot de passe sur une ligne et rien d’autre, en UTF-8
finding-password-long = le mot de passe dépasse { $limit } octets
    .fix = choisissez-en un plus court
finding-password-short = le mot de passe a moins de { $good } caractères
    .fix = cela suffit sur cette seule machine ; prenez-en un plus long avant que le nœud soit accessible par un réseau
finding-password-wrong = le mot de passe actuel n’est pas le bon
    .fix = tapez le mot de passe avec lequel vous vous êtes connecté
finding-place-half = la longitude ou la latitude est vide
    .fix = remplissez les deux, ou videz les deux
finding-place-latitude = la latitude { $value } n’est pas comprise entre -90 et 90
    .fix = corrigez-la ; latitude et longitude sont peut-être inversées
finding-place-line-short = la ligne a moins de deux positions
    .fix = ajoutez une position, ou saisissez un point
finding-place-longitude = la longitude { $value } n’est pas comprise entre -180 et 180
    .fix = corrigez-la
finding-place-not-degrees = « { $value } » n’est pas un nombre de degrés
    .fix = écrivez des degrés décimaux avec un point : 16.2717
finding-place-outside-mission = { $place } (longitude latitude) se trouve hors de la zone de la mission
    .fix = vérifiez les coordonnées ; la fiche est conservée
finding-place-ring-crosses = le contour se recoupe près de { $near } (longitude latitude)
    .fix = retracez le contour sans que deux côtés se rencontrent
finding-place-ring-open = un contour a moins de quatre positions, ou ne finit pas où il commence
    .fix = répétez la première position à la fin
finding-place-swapped = longitude { $longitude }, latitude { $latitude } se trouve hors de la zone de la mission, mais dedans une fois inversées : { $swapped }
    .fix = inversez les deux colonnes ou valeurs
finding-place-too-long = la forme compte { $found } positions, { $max } sont permises
    .fix = simplifiez la forme
finding-places-code-twice = la zone { $area } existe déjà à ce niveau
    .fix = supprimez l’une des deux, ou corrigez son code
finding-places-column-missing = la feuille n’a pas de colonne { $column }
    .fix = { $nearest ->
        [none] employez une colonne de la feuille
       *[other] employez une colonne de la feuille : { $nearest }
    }
finding-places-file-missing = il n’y a pas de fichier { $file } à côté de celui-ci
    .fix = { $nearest ->
        [none] ajoutez-le, ou corrigez le nom
       *[other] ajoutez-le, ou corrigez le nom : { $nearest }
    }
finding-places-file-not-held = le contenu de { $file } n’est pas disponible sur ce nœud
    .fix = obtenez les fichiers du paquet d’un site qui les possède
finding-places-gzip-broken = le fichier est abîmé : il ne peut être décompressé
    .fix = compressez-le de nouveau avec gzip
finding-places-not-an-area = la forme n’est ni un polygone ni un multipolygone
    .fix = dessinez la zone en Polygon ou MultiPolygon
finding-places-parent-unknown = la zone { $area } relève de { $parent }, absente du niveau supérieur
    .fix = { $nearest ->
        [none] corrigez le parent
       *[other] corrigez le parent : { $nearest }
    }
finding-places-property-missing = l’objet n’a pas de texte dans la propriété { $property }
    .fix = remplissez la propriété, ou nommez-en une autre dans places.toml
finding-places-settlement-nameless = le lieu n’a pas de code ou pas de nom
    .fix = remplissez les deux, ou supprimez la ligne
finding-property-not-comparable = le champ { $field } contient un lieu, qui n’est égal à aucun texte
    .fix = indiquez un cadre bbox=ouest,sud,est,nord, ou un filtre avec S_INTERSECTS
finding-quote-broken = du texte suit un guillemet fermant, ligne { $line }
    .fix = doublez le guillemet à l’intérieur d’un texte entre guillemets, ou supprimez celui qui est de trop
finding-quote-unclosed = le guillemet ouvert à la ligne { $line } n’est jamais fermé
    .fix = fermez-le à la fin du texte, ou supprimez-le
finding-reach-invalid = { $value } n’est pas une distance
    .fix = écrivez des mètres ou des kilomètres entiers, 1000 km au plus : 500m, 10km
finding-record-absent = il n’y a pas de fiche { $name } que vous puissiez voir
    .fix = vérifiez l’identifiant et le registre ; `casque query` énumère les fiches
finding-record-changed = quelqu’un a modifié la fiche { $record } depuis que vous l’avez lue
    .fix = relisez-la et appliquez votre modification à son contenu actuel
finding-record-deleted = la fiche { $record } a été supprimée
    .fix = `casque history` dit par qui et pourquoi
finding-record-id-invalid = `{ $value }` n’est pas un identifiant
    .fix = copiez l’identifiant tel que `casque query` ou `casque import list` le montre : 26 lettres et chiffres
finding-record-merged = la fiche { $record } a été fusionnée avec une autre
    .fix = modifiez celle avec laquelle elle a été fusionnée, ou revenez sur la fusion
finding-record-not-deleted = la fiche { $record } n’est pas supprimée
    .fix = il n’y a rien à rétablir
finding-record-not-merged = cette fiche n’a été fusionnée avec aucune autre
    .fix = nommez la fiche qui a été fusionnée
finding-register-cube-area = { $field } ne figure pas dans area_fields
    .fix = ajoutez-l’y, ou choisissez l’un d’eux
finding-register-cube-without-time = les sommes par mois exigent un time_field
    .fix = indiquez un time_field, ou supprimez [cube]
finding-register-evidence-unknown = aucun mandat n’a de tâche { $id }
    .fix = { $nearest ->
        [none] employez l’identifiant d’une tâche
       *[other] employez l’identifiant d’une tâche : { $nearest }
    }
finding-register-field-group-unknown = il n’existe pas de groupe de champs { $group }
    .fix = { $nearest ->
        [none] employez un fichier de field-groups/
       *[other] employez un fichier de field-groups/ : { $nearest }
    }
finding-register-field-twice = le champ { $field } est nommé deux fois
    .fix = nommez-le une seule fois
finding-register-field-sealed = le champ { $field } est scellé et ne peut pas servir ici
    .fix = nommez un champ que voient tous ceux qui voient la fiche
finding-register-field-type = le champ { $field } est de type { $found } ; il faut ici { $expected }
    .fix = nommez un autre champ
finding-register-field-unknown = le formulaire n’a pas de champ { $field }
    .fix = { $nearest ->
        [none] employez un champ du formulaire
       *[other] employez un champ du formulaire : { $nearest }
    }
finding-register-file-missing = le registre { $register } n’a pas de { $file }
    .fix = ajoutez le fichier
finding-register-name-taken = un registre nommé { $name } existe et n’a pas été fait d’un formulaire
    .fix = choisissez un autre nom avec --name
finding-register-name-twice = le registre { $name } existe déjà, à { $first }
    .fix = renommez-le, ou inscrivez override = true dans register.toml
finding-register-protection-missing = le formulaire n’a pas de question « select_one { $field } { $field } »
    .fix = ajoutez-la, par exemple avec le groupe de champs handling
finding-register-unknown = le paquet n’a pas de registre `{ $register }`
    .fix = { $nearest ->
        [none] voyez les registres existants avec `casque pack show`
       *[other] vouliez-vous dire `{ $nearest }` ?
    }
finding-request-key-invalid = l’Idempotency-Key de la requête n’est pas un UUID
    .fix = créez-en un avec le brouillon, par exemple `0192a5b4-7c1e-4abc-8def-0123456789ab`, et envoyez-le à chaque essai
finding-request-key-used = cette clé a déjà créé la fiche { $record }, avec d’autres valeurs
    .fix = consultez cette fiche ; modifiez-la, ou enregistrez les nouvelles valeurs avec une clé à elles
finding-request-malformed = la requête ne se comprend pas : { $what }
    .fix = comparez-la avec /api/openapi.json
finding-right-missing = aucun de vos rôles ne permet cela
    .fix = demandez à un administrateur un rôle qui le permet
finding-role-except-of-some = « except » retire des registres de l’ensemble de ceux-ci, et ce droit nomme les siens
    .fix = mettez ["*"] dans registers, ou ne nommez pas dans « registers » ce qui ne doit pas être accordé
finding-role-name-twice = le rôle { $name } existe déjà, à { $first }
    .fix = renommez-le, ou inscrivez-y override = true
finding-role-unknown = le paquet n’a pas de rôle `{ $name }`
    .fix = { $nearest ->
        [none] voyez les rôles existants avec `casque pack show`
       *[other] vouliez-vous dire `{ $nearest }` ?
    }
finding-row-area-unknown = les lieux de la mission n’ont pas de subdivision au code { $value } ; il est gardé tel quel
    .fix = normal pour d’autres pays ; sinon, corrigez le code dans la source
finding-row-code-defaulted = « { $value } » n’a pas de code pour le champ { $field } ; { $default } a été retenu
    .fix = ajoutez-le à la correspondance s’il mérite un code
finding-row-code-unmapped = « { $value } » n’a pas de code pour le champ { $field }
    .fix = ajoutez-le aux codes ou à la table de passage, ou donnez un default à la correspondance
finding-row-day-either-way = « { $value } » a été lu { $day }, le jour avant le mois
    .fix = si la source place le mois en tête, écrivez ses jours sous la forme AAAA-MM-JJ
finding-row-key-empty = la ligne n’a pas de clé
    .fix = remplissez la cellule : la clé distingue cette fiche à jamais
finding-row-key-twice = une ligne précédente de ce fichier a la même clé et a fait la fiche { $record }
    .fix = supprimez une des deux lignes, ou donnez à la seconde une clé propre
finding-row-like-record = cette ligne ressemble à la fiche { $record } ({ $score } sur 100) et a été laissée de côté
    .fix = comparez les deux ; si ce n’est pas la même chose, importez un fichier de cette ligne sans --leave-out-alike
finding-row-like-row = cette ligne ressemble à la ligne { $other } du fichier ({ $score } sur 100) et a été laissée de côté
    .fix = comparez les deux ; si ce n’est pas la même chose, importez un fichier de cette ligne sans --leave-out-alike
finding-row-not-allowed = { $user } ne peut pas importer une fiche avec ces valeurs : classification, compartiment ou zone hors de portée
    .fix = faites-la importer par qui en a le droit, ou corrigez classification, réserve ou zone de la ligne
finding-row-repeated = la ligne dit la même chose qu’une précédente du fichier ; elle a été gardée comme fiche distincte
    .fix = s’il s’agit d’un doublon, supprimez-la dans la source et annulez l’import avant d’importer de nouveau
finding-row-value-left-out = « { $value } » est illisible pour le champ { $field } et a été laissé de côté
    .fix = corrigez-le dans la source, ou dans la fiche
finding-row-word-left-out = « { $value } » n’a pas de code pour le champ { $field }, qui reste vide
    .fix = ajoutez le mot à la table de passage de la liste de codes, et importez de nouveau : les mêmes fiches changent
finding-row-too-few-cells = la ligne a { $found } cellules, l’en-tête { $expected }
    .fix = ajoutez les cellules manquantes ; un saut de ligne dans un texte doit être entre guillemets
finding-row-too-long = la ligne dépasse { $max } octets
    .fix = vérifiez qu’elle finit où il faut ; un fichier sans saut de ligne n’est pas un tableau
finding-row-too-many-cells = la ligne a { $found } cellules, l’en-tête { $expected }
    .fix = mettez entre guillemets les textes qui contiennent le séparateur, ou supprimez ce qui est à côté du tableau
finding-scope-too-small = le jeton ne suffit pas pour cela
    .fix = créez un jeton de plus grande portée : `casque token create --scope write`
finding-session-needed = cela se fait par une personne connectée, non par un programme avec un jeton
    .fix = connectez-vous avec nom et mot de passe
finding-sheet-column-missing = la colonne { $column } manque
    .fix = ajoutez la colonne à l’en-tête
finding-sheet-empty = la feuille est vide
    .fix = écrivez un en-tête et des lignes, ou supprimez le fichier
finding-sheet-header-blank = la colonne { $number } n’a pas de nom
    .fix = nommez-la, ou supprimez-la
finding-sheet-header-twice = les colonnes { $first } et { $second } portent le même nom
    .fix = renommez ou supprimez l’une d’elles
finding-sheet-not-utf8 = le fichier n’est plus en UTF-8 à partir de cette ligne
    .fix = enregistrez-le en CSV, encodage UTF-8
finding-sheet-quote-open = un guillemet ouvre et ne ferme pas
    .fix = fermez-le ; doublez tout guillemet placé dans un texte entre guillemets
finding-sheet-row-length = la ligne compte { $found } cellules, l’en-tête { $expected }
    .fix = ajoutez ou supprimez des virgules ; mettez entre guillemets le texte qui en contient
finding-sign-in-needed = personne ne s’est connecté, ou la connexion a expiré
    .fix = connectez-vous ; les programmes envoient un jeton dans `Authorization: Bearer`
finding-sign-in-busy = trop de personnes se connectent en ce moment
    .fix = réessayez dans quelques secondes
finding-sign-in-refused = le nom, le mot de passe ou le code n’est pas le bon
    .fix = réessayez ; si vous avez un téléphone à codes, donnez celui qu’il montre maintenant ; un administrateur peut donner un nouveau mot de passe et retirer des codes perdus
finding-sign-in-throttled = trop de tentatives ; la prochaine est possible dans { $seconds } secondes
    .fix = attendez, ou demandez un nouveau mot de passe à un administrateur
finding-span-invalid = « { $value } » n’est pas une durée
    .fix = écrivez des minutes, heures ou jours entiers, dix ans au plus : 30m, 2h, 10d ; « within » d’un délai prend aussi des mois du calendrier : 4mo
finding-stamp-before = { $field } vaut { $value }, avant { $entered }, heure d’entrée de la fiche dans { $state }
    .fix = donnez l’heure du fait, ou corrigez d’abord { $stamp }
finding-stamp-future = { $field } vaut { $value }, et il est { $now }
    .fix = donnez l’heure du fait, ou ne donnez rien pour l’heure présente
finding-state-differed = ce qui était dérivé du journal n’était pas ce qu’il fallait ({ $before }) ; maintenant si ({ $after })
    .fix = rien n’est perdu ; si cela se répète, vérifiez le disque et la mémoire de la machine et signalez-le
finding-store-busy = un autre processus écrit dans ce nœud
    .fix = attendez qu’il ait fini, puis relancez la commande ; rien n’en a été écrit
finding-store-cannot-open = la base de données du nœud ne peut pas être ouverte : { $what }
    .fix = vérifiez que vous pouvez lire et écrire le dossier du nœud et que le disque va bien
finding-store-damaged = la base de données du nœud est abîmée : { $what }
    .fix = gardez une copie du dossier, puis restaurez-le d’une sauvegarde ; `casque journal verify` dit ce qui est encore bon
finding-store-disk-failed = le disque a failli sous la base du nœud : { $what }
    .fix = voyez si le disque ou un quota est plein ou défaillant, puis recommencez ; rien n’a été gardé à moitié

finding-store-failed = la base de données du nœud a fait défaut : { $what }
    .fix = lancez `casque doctor` ; s’il ne trouve rien, signalez ceci avec la commande exécutée
finding-store-full = il n’y a plus de place sur le disque
    .fix = faites de la place, puis relancez la commande ; ce qui était écrit auparavant est sauf
finding-store-newer = la base de données du nœud a le format { $found } ; ce programme connaît jusqu’à { $known }
    .fix = utilisez le Casque plus récent qui l’a écrite ; rien n’a été modifié
finding-store-read-only = le dossier ou la base de données du nœud n’est pas accessible en écriture
    .fix = donnez-vous le droit d’écrire dans le dossier, ou déplacez le nœud là où vous le pouvez
finding-sum-wrong-type = le champ `{ $field }` est de type { $type } et ne peut pas être additionné
    .fix = additionnez des champs de nombres entiers, par exemple des décomptes
finding-symbol-by-none = aucun code de la liste { $list } n’a de symbole à lui : { $field } n’en change aucun
    .fix = donnez à la liste une colonne « symbol », ou retirez « by »
finding-symbol-entity = « { $value } » n’est pas l’entité d’un symbole de carte
    .fix = écrivez les six chiffres de l’entité, du type et du sous-type selon l’APP-6D : 110100
finding-symbol-identity-refused = aucun registre ne marque comme { $value } ce qu’il contient
    .fix = employez unknown ou neutral : qui est dit { $value } sur une carte des Nations Unies relève de la direction de la mission, non d’un paquet
finding-symbol-of-code = « { $value } » n’est pas le symbole de carte du code { $code }
    .fix = écrivez six chiffres selon l’APP-6D, ou huit avec le jeu de symboles devant
finding-table-too-large = les textes du tableau dépassent { $max } octets en tout
    .fix = enregistrez le tableau en CSV, qui est lu ligne par ligne, ou divisez-le
finding-task-continues-later = { $id } figure dans { $mandate }, qui n’a pas été adoptée auparavant
    .fix = corrigez continues
finding-task-continues-unknown = aucun mandat n’a de tâche { $id }
    .fix = { $nearest ->
        [none] employez l’identifiant d’une tâche antérieure
       *[other] employez l’identifiant d’une tâche antérieure : { $nearest }
    }
finding-task-duplicate-unknown = { $id } n’est pas une autre tâche de ce mandat
    .fix = { $nearest ->
        [none] employez l’identifiant d’une autre
       *[other] employez l’identifiant d’une autre : { $nearest }
    }
finding-task-id-twice = l’identifiant { $id } est déjà pris, à { $first }
    .fix = donnez un autre identifiant à l’un des deux
finding-template-bracket = dans « { $template } », un { $bracket } n’a pas son pendant, ou est imbriqué
    .fix = fermez chaque signe ; les colonnes se placent entre accolades, les parties facultatives entre crochets
finding-template-column-empty = dans « { $template } », une colonne n’a pas de nom
    .fix = écrivez le nom de la colonne entre les accolades
finding-template-constant = « { $template } » ne contient aucune colonne
    .fix = employez value = pour une constante
finding-text-not-utf8 = la ligne contient des lettres qui ne sont pas valides dans l’encodage du fichier
    .fix = enregistrez tout le fichier en UTF-8 ; une partie vient peut-être d’un autre programme
finding-tile-cells = une tuile n’a pas { $value } cellules par côté
    .fix = demandez cells=8, 16, 32 ou 64
finding-tile-outside = il n’y a pas de tuile { $tile }
    .fix = demandez un niveau de zoom de 0 à { $max }, et une colonne et une ligne de ce niveau
finding-tiles-absent = il n’y a pas de tuiles de { $name }
    .fix = demandez un registre dont les fiches ont un lieu
finding-timeline-by = « { $value } » n’est pas un pas de temps
    .fix = employez day, month ou year
finding-timeline-too-fine = la chronologie aurait { $found } intervalles ; { $max } sont permis
    .fix = comptez par mois ou par année, ou restreignez la période
finding-tls-ends = le certificat du nœud prend fin dans { $days } jours
    .fix = relancez `casque serve --tls-self-made` : il en crée un nouveau quand il reste moins de 30 jours
finding-tls-names-wrong = aucun certificat ne peut être fait pour { $names } : { $what }
    .fix = donnez à --host des noms simples, comme casque.mission.example
finding-tls-unusable = le certificat ou la clé ne peut pas servir : { $what }
    .fix = donnez un certificat et sa clé en fichiers PEM, ou laissez le nœud faire le sien avec --tls-self-made
finding-token-days-wrong = un jeton vit de 1 à { $limit } jours
    .fix = donnez un autre nombre de jours
finding-token-name-wrong = le nom d’un jeton a de 1 à { $limit } caractères sur une ligne
    .fix = donnez un autre nom
finding-token-too-many = il y a déjà { $limit } jetons
    .fix = révoquez ceux qu’aucun programme n’utilise plus
finding-token-unknown = il n’y a pas de jeton `{ $name }`
    .fix = `casque token list` montre les vôtres
finding-phone-key-refused = la clé de ce téléphone ne vaut pas, ou plus
    .fix = demandez une nouvelle invitation ; ce qui est sur le téléphone y reste jusqu’à l’envoi
finding-phone-key-unknown = il n’y a pas de clé `{ $name }`
    .fix = `casque phone list` montre les vôtres
finding-phone-key-too-many = il y a déjà { $limit } clés de téléphones
    .fix = mettez fin à l’une d’elles avec `casque phone revoke`
finding-phone-no-form = il n’y a pas de formulaire que { $user } pourrait envoyer
    .fix = donnez à l’utilisateur un rôle qui peut créer des fiches
finding-phone-form-unknown = il n’y a pas de formulaire `{ $name }` pour ce téléphone
    .fix = rechargez la liste des formulaires ; ce qui est sur le téléphone y reste
finding-phone-xml-too-large = les réponses dépassent { $max } octets
    .fix = le formulaire est trop grand pour un téléphone ; envoyez-le par parties
finding-phone-xml-wrong = le document des réponses ne peut pas être lu : { $what }
    .fix = rechargez le formulaire et remplissez-le de nouveau ; ce qui est arrivé est gardé sur le nœud
finding-phone-xml-deep = les réponses sont imbriquées sur plus de { $max } niveaux
    .fix = rechargez le formulaire ; aucun formulaire de ce nœud n’est si profond
finding-phone-form-unsaid = le document ne dit pas à quel formulaire il répond
    .fix = rechargez le formulaire et remplissez-le de nouveau
finding-phone-instance-unsaid = le document n’a pas de nom à lui (instanceID)
    .fix = rechargez le formulaire et remplissez-le de nouveau
finding-phone-instance-differs = un autre contenu est arrivé auparavant sous le nom { $instance } ; rien n’a été modifié
    .fix = quelqu’un au nœud compare les deux, puis reprend ou clôt celui-ci
finding-phone-answer-twice = { $field } a deux réponses
    .fix = rechargez le formulaire et remplissez-le de nouveau
finding-phone-answers-unplaced = le formulaire ne demande plus { $fields } ; ces réponses sont gardées avec l’envoi et ne sont pas dans la fiche
    .fix = regardez-les avec `casque phone refused`, et inscrivez dans la fiche ce qui y a sa place
finding-phone-file-untaken = le fichier { $name } est vide ou n’est pas ce qu’il dit être ; il est gardé avec l’envoi et n’est pas joint
    .fix = regardez-le avec `casque phone refused --files`, et joignez-le s’il est bon
finding-phone-file-late = des fichiers sont arrivés après que la fiche { $record } a été supprimée ou mise hors de portée de son auteur ; ils sont gardés avec l’envoi
    .fix = rétablissez la fiche et joignez-les, ou closez ceci
finding-phone-file-too-many = il y a plus de { $max } fichiers pour ce formulaire
    .fix = envoyez le reste avec un autre formulaire, ou joignez-les dans les pages
finding-phone-file-nameless = un fichier n’a pas de nom, ou un nom de plus de { $max } octets
    .fix = rechargez le formulaire et remplissez-le de nouveau
finding-phone-edit-unknown = ce que ceci remplace ({ $instance }) n’est jamais arrivé ici de cet utilisateur
    .fix = envoyez aussi le premier, ou reprenez ceci quand il sera là
finding-phone-too-many = plus de { $max } formulaires, ou 4 Gio, sont arrivés de cet utilisateur en un jour
    .fix = ce qui est sur le téléphone y reste ; cela passera plus tard
finding-phone-too-fast = ce téléphone envoie trop vite
    .fix = attendez { $seconds } secondes ; ce qui est sur le téléphone y reste
finding-phone-parts-wrong = ce qui est arrivé n’est pas un envoi entier ({ $what })
    .fix = renvoyez-le ; ce qui est sur le téléphone y reste
finding-phone-document-missing = un envoi a un document de réponses (xml_submission_file) ; celui-ci en a { $count }
    .fix = renvoyez-le avec un programme qui parle OpenRosa
finding-phone-submission-unknown = il n’y a aucun envoi de téléphone au numéro { $name }
    .fix = `casque phone refused` liste ce qu’il y a
finding-phone-submission-closed = { $submission } est déjà dans une fiche ou clos
    .fix = `casque phone refused` liste ce qui est ouvert
finding-phone-submission-closed-to = le contenu de { $name } vous est fermé
    .fix = demandez à qui peut lire une telle fiche avec chaque champ scellé qu’il nomme
finding-phone-reason-missing = un motif est requis
    .fix = dites pourquoi avec `--reason`
finding-toml-key-missing = { $key } manque
    .fix = ajoutez-le
finding-toml-key-unknown = il n’existe pas de clé { $key } ici
    .fix = { $nearest ->
        [none] corrigez-la ou supprimez-la
       *[other] corrigez-la ou supprimez-la ; connues : { $nearest }
    }
finding-toml-not-utf8 = le fichier n’est pas en UTF-8
    .fix = enregistrez-le en UTF-8
finding-toml-number-range = { $value } ne peut être la valeur de { $key }
    .fix = écrivez un nombre dans les limites usuelles
finding-toml-syntax = ce n’est pas du TOML : { $problem }
    .fix = corrigez la ligne
finding-toml-text-empty = { $key } est vide
    .fix = écrivez quelque chose, ou supprimez la clé si elle est facultative
finding-toml-value-unknown = « { $value } » n’est pas possible ici
    .fix = { $nearest ->
        [none] employez
       *[other] employez : { $nearest }
    }
finding-toml-wrong-type = { $key } doit être de type { $expected }, et non { $found }
    .fix = écrivez-le comme le format le demande
finding-too-many-exports = le nombre d’exportations en cours est déjà le plus grand possible
    .fix = réessayez quand l’une d’elles sera terminée
finding-totp-active = des codes sont déjà en vigueur
    .fix = retirez-les d’abord, avec votre mot de passe
finding-totp-code-wrong = le code n’est pas de ceux du secret qui vient d’être fabriqué
    .fix = vérifiez l’heure du téléphone et donnez le code qu’il montre maintenant
finding-transition-author = la personne qui a créé la fiche ne peut pas faire « { $transition } »
    .fix = laissez cette étape à une autre personne
finding-transition-condition = { $message }
    .fix = corrigez la fiche, ou donnez avec « { $transition } » ce qui manque
finding-transition-in-conflict = « { $field } » contient plusieurs valeurs qui s’ignorent
    .fix = tranchez d’abord la contradiction, puis faites avancer la fiche
finding-transition-needs-another = « { $transition } » demande d’abord { $others }, par une autre personne
    .fix = créez la fiche dans un état antérieur, et laissez une autre personne la faire avancer
finding-transition-not-from = « { $transition } » ne part pas de l’état { $state }, où se trouve la fiche
    .fix = à partir de là : { $transitions ->
        [none] aucune transition
       *[other] { $transitions }
    }
finding-transition-reason = « { $transition } » exige un motif
    .fix = indiquez pourquoi
finding-transition-requires = « { $transition } » exige une valeur dans { $field }
    .fix = donnez la valeur avec la transition
finding-transition-role = « { $transition } » ne vous revient pas
    .fix = elle revient à : { $roles }
finding-transition-same-person = qui a fait « { $other } » ne peut faire « { $transition } »
    .fix = laissez-la à une autre personne
finding-transition-unknown = il n’existe pas de transition « { $transition } »
    .fix = { $nearest ->
        [none] employez une transition de la procédure du registre
       *[other] employez une transition de la procédure du registre : { $nearest }
    }
finding-translation-missing = { $name } n’a pas de texte dans la langue { $language }
    .fix = ajoutez-le
finding-usage-argument-missing = il manque sur la ligne de commande : { $arguments }
    .fix = ajoutez-le ; --help de la commande dit à quoi cela sert
finding-usage-command-missing = il manque une commande après celle-ci
    .fix = ajoutez l’une de : { $known }
finding-usage-conflict = { $argument } et { $other } s’excluent
    .fix = omettez l’un des deux
finding-usage-field-value = `{ $given }` n’a pas la forme CHAMP=VALEUR
    .fix = écrivez le champ, un signe égal et la valeur ; mettez le tout entre guillemets si la valeur a des espaces
finding-usage-unknown-argument = la commande ne connaît pas `{ $argument }`
    .fix = { $nearest ->
        [none] --help de la commande dit ce qu’elle connaît
       *[other] vouliez-vous dire `{ $nearest }` ?
    }
finding-usage-unknown-command = il n’y a pas de commande `{ $command }`
    .fix = { $nearest ->
        [none] `casque --help` énumère les commandes
       *[other] vouliez-vous dire `{ $nearest }` ?
    }
finding-usage-wrong = la ligne de commande n’est pas compréhensible : { $what }
    .fix = --help de la commande dit ce qu’elle accepte
finding-usage-wrong-value = `{ $value }` n’est pas possible pour { $argument }
    .fix = { $known ->
        [none] --help de la commande dit ce qu’elle accepte
       *[other] choisissez parmi : { $known }
    }
finding-usage-yes-missing = rien n’a été supprimé : personne n’a dit oui
    .fix = ajoutez --yes
finding-user-display-wrong = le nom affiché a au plus { $limit } caractères sur une ligne
    .fix = donnez-en un plus court
finding-user-exists = il y a déjà un utilisateur `{ $user }`
    .fix = choisissez un autre nom, ou modifiez l’utilisateur avec `casque user change`
finding-user-last-administrator = `{ $user }` est le dernier administrateur
    .fix = nommez d’abord quelqu’un d’autre administrateur
finding-user-name-invalid = `{ $user }` ne peut pas être un nom d’utilisateur
    .fix = commencez par une lettre minuscule, continuez par des minuscules, chiffres, `_` ou `-`, 63 au plus
finding-user-not-named = on ne sait pas qui agit ; administrateurs : { $names }
    .fix = dites-le avec --user ou CASQUE_USER
finding-user-unknown = il n’y a pas d’utilisateur `{ $name }`, ou il est exclu
    .fix = vérifiez le nom ; un administrateur les voit tous avec `casque user list`
finding-workbook-bomb = le classeur donne { $ratio } fois sa taille, { $max } sont permises : cela ressemble à une attaque
    .fix = ne l’ouvrez pas ; si vous avez confiance en l’expéditeur, enregistrez la feuille en CSV
finding-workbook-broken = le fichier n’est pas un classeur lisible : { $cause }
    .fix = ouvrez-le dans un tableur et enregistrez-le en XLSX ou CSV
finding-workbook-old = le classeur est de l’ancien format (XLS)
    .fix = ouvrez-le dans un tableur et enregistrez-le en XLSX
finding-workbook-sheet-unknown = il n’y a pas de feuille `{ $sheet }` ; le classeur a { $known }
    .fix = nommez une de ses feuilles
finding-workbook-too-large = le classeur donne { $bytes } octets, { $max } sont permis
    .fix = enregistrez la feuille en CSV, qui est lu ligne par ligne, ou divisez-la
finding-workflow-deadline-at-once = un délai qui ne laisse aucun temps serait dépassé dès l’entrée dans l’état
    .fix = nommez dans « of » le champ d’où il part, ou laissez-lui du temps
finding-workflow-deadline-final = aucune transition ne quitte « { $state } » : le délai « { $deadline } » n’y serait jamais tenu
    .fix = retirez l’état de « states », ou ajoutez une transition qui le quitte
finding-workflow-deadline-twice = la procédure { $workflow } a deux délais nommés « { $name } »
    .fix = donnez un autre nom à l’un d’eux
finding-workflow-deadline-undated = « only_dated » parle du champ de « of », et ce délai n’en nomme aucun
    .fix = nommez dans « of » le champ d’heure ou de date, ou retirez « only_dated »
finding-workflow-field-computed = { $field } dit où en sont les fiches, et le formulaire le calcule ou ne le demande que parfois
    .fix = retirez calculation et relevant de cette question et des groupes où elle se trouve : seules les transitions font avancer les fiches
finding-workflow-field-edited = { $field } indique où en est la fiche dans sa procédure ; ce champ ne se modifie pas à la main
    .fix = de { $from } à { $to ->
        [none] rien
       *[other] { $to }
    } mène : { $transitions ->
        [none] aucune transition
       *[other] { $transitions }
    }
finding-workflow-message-alone = « condition_message » dit ce qu’on lit quand « condition » n’est pas remplie, et il n’y en a pas
    .fix = ajoutez « condition », ou retirez le message
finding-workflow-none = les fiches de { $register } n’ont pas de procédure
    .fix = modifiez plutôt leurs champs
finding-workflow-role-unknown = le paquet n’a pas de rôle « { $name } »
    .fix = { $nearest ->
        [none] employez un rôle de roles.toml
       *[other] employez un rôle de roles.toml : { $nearest }
    }
finding-workflow-role-without-right = le rôle { $name } n’a pas le droit de faire avancer les fiches de { $register }
    .fix = accordez-lui l’action « transition » dans ce registre, ou retirez-le de « roles »
finding-workflow-state-name = « { $code } » ne peut être l’état d’une procédure : les états s’écrivent en minuscules, chiffres, « - » et « _ »
    .fix = renommez le code, ou prenez un autre champ pour la procédure
finding-workflow-state-unknown = « { $code } » n’est pas un code de la liste { $list }, donc pas un état
    .fix = { $nearest ->
        [none] employez un code de la liste
       *[other] employez un code de la liste : { $nearest }
    }
finding-workflow-state-unreachable = aucune transition ne mène de « { $start } » à « { $state } »
    .fix = ajoutez une transition, ou laissez ainsi : les fiches créées ou importées dans cet état le gardent
finding-workflow-step-drops = la transition « { $transition } » mène de { $from } à « { $to } », où ces questions peuvent ne plus être posées, et leurs réponses seraient écartées : { $fields }
    .fix = posez-les aussi dans l’état « { $to } », ou menez à un autre
finding-workflow-step-not-asked = la transition « { $transition } » renseigne « { $field } », qui n’est jamais demandé dans l’état « { $to } » : la réponse serait écartée
    .fix = posez la question dans l’état « { $to } », ou retirez-la de la transition
finding-workflow-step-nowhere = cette transition mène de « { $state } » à « { $state } »
    .fix = retirez l’état de « from », ou menez à un autre
finding-workflow-transition-author = aucune transition ne peut s’appeler « { $name } » : dans « other_than », ce mot désigne la personne qui a créé la fiche
    .fix = donnez-lui un autre nom
finding-workflow-transition-twice = la procédure { $workflow } a deux transitions nommées « { $name } »
    .fix = donnez un autre nom à l’une d’elles
finding-workflow-transition-unknown = la procédure n’a pas de transition « { $transition } »
    .fix = { $nearest ->
        [none] nommez une de ses transitions
       *[other] nommez une de ses transitions : { $nearest }
    }
