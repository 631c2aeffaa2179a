"""Hold invented name stock for the search bench: nine name groups, and how names go wrong.

Written apart from the product's own list of variants, so that the bench does not ask the list for
what it was made of.
"""

import random
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NameGroup:
    """Hold one group's share of the population and its names, the commonest first."""

    share: float
    boys: tuple[str, ...]
    girls: tuple[str, ...]
    surnames: tuple[str, ...]
    tail: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    tail_share: float = 0.0
    double_barrelled: float = 0.0
    surname_follows_sex: bool = False


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


ENGLISH_BOYS = _names("""
Oliver George Noah Arthur Harry Leo Muhammad Jack Charlie Oscar Jacob Henry Thomas Freddie Alfie
Theo William Theodore Archie Joshua Alexander James Isaac Edward Lucas Tommy Finley Max Logan
Ethan Mohammed Teddy Benjamin Arlo Joseph Sebastian Harrison Elijah Adam Daniel Samuel Louie
Mason Reuben Albie Rory Jaxon Hugo Luca Zachary Reggie Hunter Louis Dylan Albert David Jude
Frankie Roman Ezra Toby Riley Carter Ronnie Frederick Gabriel Stanley Bobby Jesse Michael Elliot
Grayson Mohammad Liam Jenson Ellis Harley Harvey Jayden Jake Ralph Rowan Elliott Jasper Ollie
Charles Finn Felix Caleb Chester Jackson Hudson Leon Ibrahim Ryan Blake Alfred Oakley Matthew
Luke Andrew Mark Paul Stephen Christopher Robert Richard John Peter Anthony Kevin Gary Steven
Ian Jason Neil Simon Darren Lee Adrian Stuart Craig Wayne Nigel Barry Keith Graham Martin Philip
Dean Shaun Jonathan Nicholas Timothy Carl Aaron Scott Nathan Jamie Kieran Bradley Connor Callum
Lewis Kyle Cameron Jordan Reece Brandon Declan Ashley Ross Gareth Marcus Damien Duncan Malcolm
Leonard Raymond Kenneth Brian Alan Derek Trevor Roy
""")
ENGLISH_GIRLS = _names("""
Olivia Amelia Isla Ava Ivy Freya Lily Florence Mia Willow Rosie Sophia Isabella Grace Daisy
Sienna Poppy Elsie Emily Ella Evelyn Phoebe Evie Charlotte Harper Millie Matilda Maya Sophie
Alice Emilia Isabelle Ruby Luna Maisie Aria Penelope Mila Bonnie Eva Hallie Eliza Ada Violet
Esme Arabella Imogen Jessica Delilah Chloe Orla Harriet Nancy Ayla Mabel Rose Robyn Lottie Lola
Scarlett Aurora Lyra Thea Elizabeth Gracie Nellie Iris Molly Zara Maria Lucy Darcey Holly Lilly
Layla Maryam Erin Eleanor Beatrice Margot Edith Hannah Heidi Abigail Zoe Georgia Katie Megan
Bethany Lauren Rebecca Sarah Claire Nicola Emma Lisa Joanne Michelle Helen Samantha Karen
Victoria Rachel Amanda Louise Julie Susan Jacqueline Alison Sharon Tracey Deborah Jane Catherine
Angela Donna Natalie Kelly Gemma Laura Kerry Stacey Leanne Hayley Kirsty Danielle Jennifer
Natasha Stephanie Kimberley Jade Paige Shannon Amber Courtney Caitlin Leah Abbie Eilidh Margaret
Patricia Christine Jean Maureen Barbara Pauline Sandra Linda Carol Gillian
""")
ENGLISH_SURNAMES = _names("""
Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker
White Roberts Green Hall Wood Jackson Clarke Patel Khan Lewis James Phillips Mason Mitchell Rose
Davis Rodgers Turner Hill Moore Clark Harrison Scott Young Morris Cooper King Watson Harris
Baker Carter Morgan Allen Lee Ward Shaw Bell Parker Cook Bailey Richardson Cox Marshall Bennett
Collins Price Simpson Adams Foster Hughes Gray Murphy Butler Barnes Griffiths Chapman Russell
Ellis Mills Stevens Holmes Palmer Webb Rogers Knight Hunt Graham Powell Fisher Gibson Matthews
Harvey Barker Lloyd Owen Reynolds Dixon Fletcher Ford Burton Walsh Grant Armstrong Pearson
Saunders Hudson Spencer Lawrence Stone Nicholson Payne Bradley Hawkins Atkinson Newman Elliott
Cole Dean Reid Lane Andrews Brooks Hart Austin West Freeman Black Fox Perry Wells Chambers
Sutton Burns Wallace Woods Cunningham Jordan Oliver Barrett Day Gardner Gordon Fuller Blake
Doyle Bishop Parsons Harper Bird Long Nelson Francis Kelly Barton Carr Miller Stewart Watts
Booth Warren Read Lowe Page Bradshaw Pearce Curtis Norris Sharp Byrne Marsh Holland Peters Poole
Preston Potter Hopkins Howard Frost Goodwin Dawson Jennings Gilbert Osborne Thornton Yates
Gregory Hammond Nash Hewitt
""")
ENGLISH_TAIL = (
    _names("""
    Ash Ack Al Apple Arm Bar Beck Bent Birch Black Brad Bram Bran Brim Broad Brook Buck Bur Cald
    Car Chad Clay Cliff Cold Comp Cran Crom Dal Den Dor Dun Eden El Ever Fair Far Fen Fern Gar
    Glad Gran Green Had Hal Hamp Hard Hasel Hather Hay Hed Hol Horn Hurst Ing Kel Ken Kil Kir
    Lang Lin Lock Long Mal Mar Mel Mid Mil Nor Nut Oak Or Os Pen Pres Quar Rad Raven Red Ren Rib
    Rock Row Rush Saw Sel Shel Sher Skel Stan Stap Stock Sut Swin Tat Thorn Till Tod Tun Up Wad
    Wake Wal Ware Wes Whit Wig Win Wool Yar
    """),
    _names("""
    acre bank beck borne bourne bridge brook bury by combe cott croft dale den ditch field fold
    ford garth gate gill grave ham hay head hill holme holt house hurst ingham ington land ley
    low man mere mond more ney pool port ridge royd sall sby shaw side sley stall stead sted
    stone ston street thorpe thwaite ton tree wald wall ward water way well wick win wood worth
    """),
)
IRISH_BOYS = _names("""
Conor Sean Oisin Patrick Cian Liam Darragh Finn Cillian Fionn James Jack Michael Noah Tadhg Rory
Ronan Eoin Cathal Aidan Ciaran Declan Brendan Seamus Padraig Niall Cormac Donal Eoghan Diarmuid
Fergal Colm Ruairi Callum Ewan Hamish Angus Alasdair Lachlan Iain Rhys Dylan Owain Ieuan Gethin
Tomos Huw Dafydd
""")
IRISH_GIRLS = _names("""
Aoife Saoirse Niamh Caoimhe Roisin Siobhan Sinead Orla Ciara Aisling Grainne Eimear Maeve Fiadh
Clodagh Aine Mairead Brigid Deirdre Sorcha Eilis Blathnaid Muireann Catriona Mhairi Eilidh Isla
Ailsa Morag Sian Carys Cerys Ffion Angharad Rhiannon Seren Nia Bethan Catrin Eluned Gwenllian
Lowri Megan
""")
IRISH_SURNAMES = _names("""
Murphy Kelly O'Sullivan Walsh O'Brien Byrne Ryan O'Connor O'Neill O'Reilly Doyle McCarthy
Gallagher O'Doherty Kennedy Lynch Murray Quinn Moore McLoughlin Carroll Connolly Daly O'Connell
Wilson Dunne Brennan Burke Collins Campbell Clarke Hughes Farrell Fitzgerald Brown Martin
Maguire Nolan Flynn O'Callaghan O'Donnell Duffy Mahony Boyle Healy O'Shea White Sweeney Hayes
Kavanagh Power McGrath Moran Brady Stewart Casey Foley Fitzpatrick O'Leary McDonnell MacDonald
McKenzie MacLeod McGregor McIntyre Cameron Fraser Sinclair Buchanan Lloyd Bevan Prosser Gwilliam
Probert Pritchard Llewellyn Cadwallader
""")
MUSLIM_BOYS = _names("""
Muhammad Mohammed Mohammad Ahmed Ali Hamza Yusuf Ibrahim Abdullah Omar Umar Bilal Hassan Hussain
Zain Ayaan Rayyan Haris Isa Musa Yahya Adam Usman Imran Asif Tariq Khalid Nadeem Shahid Iqbal
Waqas Faisal Kamran Adnan Rizwan Saqib Junaid Zubair Haroon Ismail Idris Sulaiman Zakariya Dawud
Eesa Ayub Aariz Zayan Arham Azaan Rehan Sufyan Taha Zaid Abdul Naveed Javed Arshad Pervez
Mahmood Rashid Saleem Sajid Amjad
""")
MUSLIM_GIRLS = _names("""
Fatima Aisha Maryam Khadija Zainab Hafsa Amina Safa Inaya Aaliyah Anaya Zara Sara Noor Hania
Eshal Aiza Ayesha Sumaiya Ruqayyah Asma Saima Shazia Nazia Samina Shabana Rukhsana Nasreen
Parveen Farzana Tahira Yasmin Naila Uzma Rubina Bushra Razia Fozia Kiran Iqra Mehwish Sana Hira
Laiba Areeba Aleena Minahil Anum
""")
MUSLIM_SURNAMES = _names("""
Khan Hussain Ahmed Ali Begum Akhtar Mahmood Malik Iqbal Shah Mohammed Bibi Rehman Rahman Miah
Uddin Islam Chowdhury Hassan Kausar Butt Mirza Qureshi Siddiqui Sheikh Raja Aslam Hanif Hamid
Ashraf Arif Choudhry Khatun Khatoon Parveen Rashid Latif Karim Haque Alam Hoque Sultana Saleem
Anwar Riaz Yousaf Bashir Nawaz Sadiq Aziz Bukhari Ansari Farooq Zaman Tariq Javed Akram Younis
Zafar Nazir Shafiq Rafiq Mehmood Ullah Din Bhatti Dar
""")
HINDU_BOYS = _names("""
Aarav Arjun Rohan Vihaan Dev Krish Aryan Ishaan Jay Nikhil Rahul Amit Sanjay Vijay Raj Rajesh
Suresh Anil Sunil Ashok Harpreet Gurpreet Jaswinder Manpreet Sandeep Amardeep Baljit Sukhdeep
Rajinder Kuldeep Harjit Jagdeep Arun Kiran Deepak Dinesh Mahesh Ravi Vikram Ajay Mohan Neel
Shaan Veer Kabir Reyansh
""")
HINDU_GIRLS = _names("""
Ananya Diya Aanya Isha Priya Kavya Riya Anika Maya Nisha Pooja Neha Anjali Sunita Meena Geeta
Lakshmi Kavita Simran Jasleen Harleen Navneet Amandeep Kamaljit Paramjit Surinder Balvinder
Gurdeep Rajvinder Jasmin Kiran Sangeeta Rekha Usha Hema Bhavna Jyoti Sonal Hetal Mital Aditi
Shreya Tara
""")
HINDU_SURNAMES = _names("""
Patel Singh Kaur Shah Sharma Kumar Gill Sandhu Dhillon Sidhu Mistry Desai Gupta Joshi Mehta
Chauhan Parmar Solanki Thakur Rao Reddy Nair Menon Iyer Pillai Bhatt Trivedi Pandya Vyas Modi
Grewal Bains Johal Sahota Dosanjh Virdee Sohal Atwal Uppal Bhogal Matharu Bansal Agarwal Verma
Mukherjee Banerjee Chatterjee Das Ghosh
""")
ARABIC_BOYS = _names("""
Ahmad Mahmoud Mustafa Khaled Youssef Karim Samir Tarek Walid Nasser Hisham Ziad Rami Fadi Bassam
Ammar Anas Abdirahman Mohamed Abdi Hassan Yusuf Liban Guled Warsame Mahad Ayub Zakaria Abdullahi
Farah Jama Ismail
""")
ARABIC_GIRLS = _names("""
Leila Nour Hala Rania Salma Dina Mona Huda Samira Amira Yara Lina Reem Farida Jamila Hodan Ifrah
Sahra Faduma Halima Asha Hibo Deqa Ubah Khadra Nimo Zahra Ayan Sagal Fowzia Ladan Muna
""")
ARABIC_SURNAMES = _names("""
Al-Hassan Al-Masri El-Sayed Haddad Khalil Mansour Saleh Nasser Abbas Ibrahim Hamdan Darwish
Jaber Aziz Mohamed Ali Abdi Hassan Warsame Farah Jama Osman Yusuf Aden Nur Hersi Abdullahi Omar
Elmi Duale Gedi Egal Al-Ahmad Abdallah Sabbagh Qasim Najjar Shami Al-Rashid El-Din Bakri Hamid
Kassem Tawil Zaki
""")
SLAVIC_BOYS = _names("""
Jakub Antoni Jan Szymon Filip Aleksander Mikolaj Wojciech Franciszek Adam Kacper Michal
Krzysztof Piotr Pawel Tomasz Marcin Lukasz Mateusz Andrzej Grzegorz Dawid Oskar Igor Dmitri
Sergei Andrei Mihai Ionut Alexandru Stefan Bogdan Vasile Radu Cristian Tomas Martin Lukas Jonas
Matas Ivan Georgi Dimitar
""")
SLAVIC_GIRLS = _names("""
Zuzanna Julia Maja Zofia Hanna Lena Alicja Maria Oliwia Amelia Katarzyna Agnieszka Malgorzata
Joanna Ewa Magdalena Monika Anna Aleksandra Karolina Natalia Weronika Wiktoria Gabriela Nikola
Elena Ioana Andreea Mihaela Alexandra Daniela Ruta Egle Gabija Viktoriya Olena Kateryna
Anastasiia Daria
""")
SLAVIC_SURNAMES = _names("""
Nowak Kowalski Wisniewski Wojcik Kowalczyk Kaminski Lewandowski Zielinski Szymanski Wozniak
Dabrowski Kozlowski Jankowski Mazur Wojciechowski Kwiatkowski Krawczyk Kaczmarek Piotrowski
Grabowski Zajac Pawlowski Michalski Krol Wieczorek Jablonski Wrobel Nowakowski Majewski
Olszewski Stepien Malinowski Jaworski Adamczyk Popescu Ionescu Popa Dumitru Stan Stoica Gheorghe
Rusu Munteanu Kovacs Novak Horvath Petrov Ivanov Dimitrov Shevchenko Kovalenko Bondarenko
Tkachenko Kazlauskas Petrauskas Jankauskas
""")
AFRICAN_BOYS = _names("""
Oluwaseun Oluwatobi Ayomide Temitope Adebayo Babatunde Olumide Femi Tunde Chukwuemeka Chinedu
Obinna Emeka Ikenna Uchenna Kelechi Kwame Kofi Kwabena Kojo Yaw Emmanuel Samuel Daniel David
Joshua Michael Prince Ibrahima Mamadou Ousmane Tinashe Tendai Farai Themba Sipho
""")
AFRICAN_GIRLS = _names("""
Oluwadamilola Folasade Titilayo Yetunde Funke Ngozi Chidinma Chiamaka Ifeoma Nkechi Adaeze Amara
Abena Akosua Adwoa Ama Efua Esther Grace Blessing Precious Joy Mercy Deborah Ruth Aminata
Fatoumata Mariama Rudo Chipo Tariro Nomsa Zanele
""")
AFRICAN_SURNAMES = _names("""
Adeyemi Okafor Adebayo Okonkwo Eze Nwosu Obi Okoye Balogun Ogunleye Adeleke Afolabi Oyelaran
Bakare Mensah Owusu Boateng Asante Osei Appiah Agyeman Amoah Addo Ofori Diallo Jallow Ceesay Bah
Sesay Kamara Conteh Moyo Ndlovu Ncube Sibanda Dube Phiri Banda Mwangi Kamau Otieno Kiplagat
Mutua Achebe Oyinlola Akintola Fashola
""")
CHINESE_BOYS = _names("""
Wei Jun Ming Hao Jie Lei Tao Bo Chen Yi Jason Kevin Eric Ryan Alan Ka-Ming Chi-Wai Wai-Man Minh
Duc Tuan Hung Anh Khanh Kenji Haruto Min-Jun
""")
CHINESE_GIRLS = _names("""
Mei Xin Yan Ling Jing Hui Fang Li Na Xiu Emily Jessica Vivian Wing-Yan Hoi-Ching Suet-Ying Linh
Thuy Trang Ngoc Huong Lan Yuki Sakura Ji-Woo
""")
CHINESE_SURNAMES = _names("""
Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Lin Wong Chan Cheung Leung Lau Lam
Ng Ho Kwok Yip Tse Lai Tang Fung Chow Nguyen Tran Le Pham Vu Dang Bui Do Tanaka Suzuki Kim Park
Choi
""")
TURKISH_BOYS = _names("""
Mehmet Mustafa Ahmet Emre Can Cem Burak Murat Kemal Yusuf Omer Eren Kerem Deniz Baran Serkan
Umut Ozan Tolga Azad Rojhat Diyar
""")
TURKISH_GIRLS = _names("""
Zeynep Elif Ayse Fatma Emine Defne Ela Merve Esra Selin Ceren Ebru Ozlem Sevgi Dilan Berivan
Rojin Gulsen Hatice Melis
""")
TURKISH_SURNAMES = _names("""
Yilmaz Kaya Demir Celik Sahin Yildiz Yildirim Ozturk Aydin Ozdemir Arslan Dogan Kilic Aslan
Cetin Kara Koc Kurt Ozkan Simsek Polat Korkmaz Bozkurt Erdogan Aksoy Guler Tekin Bulut Karaca
Toprak
""")

GROUPS = (
    NameGroup(
        share=0.66,
        boys=ENGLISH_BOYS,
        girls=ENGLISH_GIRLS,
        surnames=ENGLISH_SURNAMES,
        tail=ENGLISH_TAIL,
        tail_share=0.42,
        double_barrelled=0.05,
    ),
    NameGroup(
        share=0.07,
        boys=IRISH_BOYS,
        girls=IRISH_GIRLS,
        surnames=IRISH_SURNAMES,
        double_barrelled=0.03,
    ),
    NameGroup(share=0.11, boys=MUSLIM_BOYS, girls=MUSLIM_GIRLS, surnames=MUSLIM_SURNAMES),
    NameGroup(share=0.05, boys=HINDU_BOYS, girls=HINDU_GIRLS, surnames=HINDU_SURNAMES),
    NameGroup(share=0.03, boys=ARABIC_BOYS, girls=ARABIC_GIRLS, surnames=ARABIC_SURNAMES),
    NameGroup(
        share=0.03,
        boys=SLAVIC_BOYS,
        girls=SLAVIC_GIRLS,
        surnames=SLAVIC_SURNAMES,
        surname_follows_sex=True,
    ),
    NameGroup(share=0.03, boys=AFRICAN_BOYS, girls=AFRICAN_GIRLS, surnames=AFRICAN_SURNAMES),
    NameGroup(share=0.01, boys=CHINESE_BOYS, girls=CHINESE_GIRLS, surnames=CHINESE_SURNAMES),
    NameGroup(share=0.01, boys=TURKISH_BOYS, girls=TURKISH_GIRLS, surnames=TURKISH_SURNAMES),
)

SHORT_FORMS = {
    each.split(":")[0]: each.split(":")[1].split(",")
    for each in _names("""
    Oliver:Ollie,Olly William:Will,Bill,Billy,Liam Thomas:Tom,Tommy Alexander:Alex,Xander,Sandy
    James:Jim,Jamie,Jimmy Edward:Ed,Eddie,Ted Joshua:Josh Benjamin:Ben,Benji Joseph:Joe,Joey
    Daniel:Dan,Danny Samuel:Sam,Sammy Frederick:Fred,Freddie Gabriel:Gabe
    Michael:Mike,Mick,Mikey Matthew:Matt Andrew:Andy,Drew Stephen:Steve Christopher:Chris,Kit
    Robert:Rob,Bob,Bobby,Robbie Richard:Rick,Dick,Richie John:Jack,Johnny Peter:Pete
    Anthony:Tony,Ant Nicholas:Nick,Nicky Timothy:Tim Jonathan:Jon,Jonny Nathan:Nate Cameron:Cam
    Leonard:Len,Lenny Raymond:Ray Kenneth:Ken,Kenny Zachary:Zac,Zach Sebastian:Seb
    Harrison:Harry Charles:Charlie,Chas Elizabeth:Liz,Beth,Lizzie,Betty,Eliza
    Isabella:Bella,Izzy Isabelle:Izzy,Belle Charlotte:Lottie,Charlie Matilda:Tilly,Mattie
    Amelia:Millie,Amy Jessica:Jess,Jessie Eleanor:Ellie,Nell Abigail:Abbie,Abby
    Katherine:Kate,Katie Catherine:Cath,Kate,Cathy Margaret:Maggie,Meg,Peggy Rebecca:Becky,Becca
    Victoria:Vicky,Tori Samantha:Sam,Sammy Jennifer:Jen,Jenny Natasha:Tasha Stephanie:Steph
    Kimberley:Kim Patricia:Pat,Trish,Patsy Christine:Chris,Chrissie Susan:Sue,Susie
    Deborah:Debbie,Deb Jacqueline:Jackie Amanda:Mandy Gillian:Gill,Jill Barbara:Barb,Babs
    Sandra:Sandy Florence:Flo,Florrie Penelope:Penny Beatrice:Bea,Trixie Imogen:Immy
    Josephine:Jo,Josie Harriet:Hattie Muhammad:Mo Mohammed:Mo Abdirahman:Abdi Oluwaseun:Seun
    Oluwatobi:Tobi Oluwadamilola:Dami,Damilola Chukwuemeka:Emeka Katarzyna:Kasia
    Malgorzata:Gosia Agnieszka:Aga Aleksandra:Ola Krzysztof:Krzys Tomasz:Tomek Jakub:Kuba
    Patrick:Paddy,Pat Padraig:Paddy Harpreet:Preet Jaswinder:Jas Mandeep:Mani
    """)
}

VARIANTS = (
    _names("Sean Shaun Shawn"),
    _names("Siobhan Shivaun Chevonne"),
    _names("Niamh Neve Neave"),
    _names("Aoife Efa Eefa"),
    _names("Caoimhe Keeva Kiva"),
    _names("Saoirse Seersha Sersha"),
    _names("Ciara Keira Kiera"),
    _names("Ciaran Kieran Keiran"),
    _names("Eoin Owen Eoghan"),
    _names("Ewan Euan Ewen"),
    _names("Callum Calum"),
    _names("Rhys Reece Rees"),
    _names("Sian Shan"),
    _names("Catriona Katrina"),
    _names("Mhairi Vari"),
    _names("Muhammad Mohammed Mohammad Mohamed Muhammed"),
    _names("Ahmed Ahmad Ahmet"),
    _names("Hussain Hussein Husain Hossain"),
    _names("Hassan Hasan"),
    _names("Yusuf Yousef Youssef Yousuf"),
    _names("Ibrahim Ebrahim Ibraheem"),
    _names("Aisha Ayesha Aysha Aishah"),
    _names("Fatima Fatimah Fatema"),
    _names("Khadija Khadijah Kadija"),
    _names("Zainab Zaynab Zeinab"),
    _names("Maryam Mariam Miriam"),
    _names("Umar Omar Omer"),
    _names("Usman Uthman Osman"),
    _names("Chowdhury Choudhury Chaudhry Choudhry"),
    _names("Sheikh Shaikh Sheik"),
    _names("Qureshi Quraishi"),
    _names("Rahman Rehman Rahmaan"),
    _names("Mahmood Mahmud Mehmood"),
    _names("Stephen Steven"),
    _names("Catherine Katherine Kathryn Katharine"),
    _names("Sophie Sofie"),
    _names("Sophia Sofia"),
    _names("Isabelle Isobel Isabel"),
    _names("Rachel Rachael"),
    _names("Zoe Zoey"),
    _names("Chloe Khloe"),
    _names("Megan Meghan"),
    _names("Elliott Elliot Eliot"),
    _names("Clarke Clark"),
    _names("Davies Davis"),
    _names("Thompson Thomson"),
    _names("Reid Reed Read"),
    _names("Stewart Stuart"),
    _names("Phillips Philips"),
    _names("Moore More"),
    _names("Gray Grey"),
    _names("Walsh Welsh"),
    _names("MacDonald McDonald"),
    _names("MacLeod McCloud McLeod"),
    _names("Wong Wang Huang"),
    _names("Chan Chen"),
    _names("Lukasz Lucas"),
    _names("Aleksander Alexander"),
    _names("Zofia Sofia Sophia"),
)

SOUNDS = (
    ("ph", "f"),
    ("ck", "k"),
    ("ey", "y"),
    ("ie", "y"),
    ("ee", "ea"),
    ("ou", "oo"),
    ("ll", "l"),
    ("tt", "t"),
    ("ss", "s"),
    ("ai", "ay"),
    ("er", "or"),
    ("sh", "ch"),
    ("c", "k"),
    ("y", "i"),
    ("z", "s"),
    ("w", "wh"),
    ("ough", "uff"),
    ("gh", "h"),
    ("th", "t"),
    ("worth", "with"),
)


def chosen(names: tuple[str, ...], draw: random.Random) -> str:
    """Return one of `names`, the earlier ones far more often."""
    return names[int(len(names) * draw.random() ** 1.6)]
