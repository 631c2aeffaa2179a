"""The invented town's stock of forenames and surnames, most frequent first in every list."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class NameStock:
    """Names that go together; `share` is how many families in a hundred draw from it."""

    share: int
    girls: tuple[str, ...]
    boys: tuple[str, ...]
    surnames: tuple[str, ...]
    middle_share: float = 0.5  # how often a person has a second forename


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _joined(stems: str, endings: str) -> tuple[str, ...]:
    """Return every stem with every ending, ending by ending."""
    return tuple(stem + ending for ending in endings.split() for stem in stems.split())


_ENGLISH_SURNAMES = _words(
    """
Smith Jones Taylor Brown Wilson Johnson Wright Walker White Green Hall Wood Harris Clarke Turner
Cooper Hill Ward Baker Harrison Blake Mitchell Webb Palmer Mills Barker Hudson Knight Marsh Fletcher
Foster Chapman Gibson Hunt Pearson Holmes Fox Dixon Barnes Lowe Carr Spencer Dawson Payne Burton
Doyle Shaw Ellis Brooks Cox Cole Frost Parr Tate Sharp Dale Wells Hobbs Nash Reeve Garner Tyler
Hewitt Lamb Finch Bird Drake Swift Heath Moss Stone Field Banks Rowe Pike Hale Dunn Peel
Featherstone Ramsbottom Sidebottom Cholmondeley D'Arcy Featherstonehaugh Fitzroy
"""
)

ENGLISH = NameStock(
    share=45,
    girls=_words(
        """
Olivia Emily Sophie Charlotte Jessica Lucy Amelia Emma Grace Lily Chloe Ella Hannah Katie Leah
Megan Holly Poppy Daisy Isabelle Rebecca Laura Sarah Rachel Victoria Elizabeth Catherine Kathryn
Amy Abigail Alice Freya Evie Maisie Ruby Rosie Florence Isla Ivy Willow Phoebe Matilda Martha
Harriet Eleanor Georgia Zoe Naomi Heather Hayley Kerry Stacey Gemma Kelly Natalie Danielle Michelle
Nicola Claire Joanne Tracey Donna Lisa Karen Susan Janet Margaret Christine Patricia Linda Jean
Dorothy Ellie Elliemae Ellie-Mae Lily-Rose Gracie-Mae Ava Mia Bella Scarlett Layla Penelope Esme
Thea Beatrice Elsie Edith Mabel Tilly Summer Skye Paige Jade Jodie Bethany Lauren Kayleigh Chelsea
Zoë Chloë Renée Anaïs Mollie Molly Robyn Lottie Nancy Orla Erin Tia Lola Lexi Amber Eliza
"""
    ),
    boys=_words(
        """
Oliver Jack Harry George Thomas James William Joshua Daniel Samuel Joseph Matthew Benjamin Alfie
Charlie Jacob Archie Henry Leo Oscar Luke Ryan Adam Alexander Edward Max Nathan Toby Liam Ethan
Connor Callum Jake Lewis Michael David Andrew Christopher Stephen Steven Robert Richard Paul Mark
Peter John Simon Philip Jonathan Jonathon Geoffrey Jeffrey Darren Lee Wayne Craig Gary Kevin Barry
Terence Leonard Frederick Freddie Theo Theodore Arthur Albert Stanley Ralph Louis Elliot Elliott
Jude Reuben Finlay Harvey Bradley Kieran Jamie Jordan Ashley Dominic Sebastian Rory Hugo Felix
Jenson Tyler Kai Mason Logan Riley Noah Isaac Elijah Ezra Caleb Zachary Teddy Tommy Tommy-Lee
Alfie-Jay Ewan Owen Evan Bobby Billy Reggie Ronnie Louie Albie Rowan Jasper Rupert Miles André
"""
    ),
    surnames=(
        *_ENGLISH_SURNAMES,
        "St John",
        *_joined(
            "Ash Brad Hart Wood Black Whit Thorn Stan Nor Wal Hol Mar Bur Crow Lang Ayl Har Ald "
            "Rad Pem Sel Wex Tun Brock Hazel Cran Dal Ever Farn Gar",
            "ford ley well worth field ton wood shaw croft by ham stead combe wick bourne more",
        ),
    ),
    middle_share=0.6,
)

WELSH = NameStock(
    share=4,
    girls=_words(
        """
Siân Ffion Carys Bethan Cerys Megan Seren Catrin Nia Rhiannon Angharad Mari Eleri Lowri Gwen
Gwenllian Non Elin Mali Efa Cadi Branwen Anwen Delyth Eirlys
"""
    ),
    boys=_words(
        """
Rhys Dylan Gareth Owain Huw Ieuan Ioan Evan Iwan Emyr Gethin Osian Macsen Llŷr Tomos Steffan Aled
Dafydd Gwilym Morgan Geraint Idris Elis Rhodri Siôn
"""
    ),
    surnames=_words(
        """
Davies Evans Thomas Roberts Lewis Hughes Morgan Griffiths Price Pryce Pritchard Prosser Powell
Rees Jenkins Llewellyn Lloyd Bevan Bowen Gwynne Vaughan Parry Probert ap-Rhys Cadwallader
"""
    ),
)

SCOTTISH = NameStock(
    share=6,
    girls=_words(
        """
Isla Eilidh Catriona Fiona Morag Ailsa Kirsty Mhairi Iona Skye Aileen Shona Rhona Lorna Elspeth
Moira Heather Una Beathag Jean
"""
    ),
    boys=_words(
        """
Ewan Euan Callum Calum Hamish Fraser Angus Lachlan Alasdair Alistair Gregor Craig Blair Duncan
Finlay Malcolm Murdo Struan Rory Gordon Kenneth Innes
"""
    ),
    surnames=_words(
        """
MacDonald McDonald Campbell Stewart Stuart Robertson Fraser Murray Reid Ross MacLeod McLeod
MacKenzie Buchanan Sinclair Drummond Kerr Menzies MacKay McIntyre Colquhoun Urquhart Dalziel
Farquhar Lindsay Baxter Geddes
"""
    ),
)

IRISH = NameStock(
    share=6,
    girls=_words(
        """
Siobhán Niamh Aoife Ciara Sinéad Caoimhe Róisín Orla Gráinne Maeve Saoirse Clodagh Bríd Eimear
Bernadette Colleen Deirdre Oonagh Áine Sorcha
"""
    ),
    boys=_words(
        """
Seán Shaun Conor Connor Liam Declan Cian Oisín Pádraig Eoin Eoghan Aidan Ronan Cormac Fergal Niall
Brendan Darragh Donal Tadhg Kieran Diarmuid
"""
    ),
    surnames=_words(
        """
Murphy O'Neill O'Brien Kelly Byrne Ryan O'Connor Walsh O'Sullivan Doherty McCarthy Gallagher
O'Reilly Kennedy Lynch Quinn McLoughlin O'Keeffe Brennan Ó'Dónaill O'Shea Fitzgerald Maguire
O'Hara McGrath Ó'Súilleabháin Mulligan
"""
    ),
)

SLAVIC = NameStock(
    share=9,
    girls=_words(
        """
Zofia Maja Julia Zuzanna Hanna Lena Oliwia Alicja Agnieszka Katarzyna Małgorzata Joanna Ewa
Magdalena Aleksandra Karolina Natalia Oksana Iryna Olena Svetlana Daniela Ivana Jana Tereza Elżbieta
"""
    ),
    boys=_words(
        """
Jakub Antoni Szymon Jan Filip Kacper Łukasz Tomasz Piotr Paweł Michał Krzysztof Andrzej Wojciech
Bartosz Marek Dmytro Oleksandr Bohdan Andrij Tomáš Jiří Luboš Pavel Stanisław Miłosz
"""
    ),
    surnames=(
        *_words("""
Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak
Dąbrowski Kozłowski Jankowski Mazur Krawczyk Piotrowski Grabowski Pawłowski Michalski Król Wróbel
Shevchenko Kovalenko Bondarenko Tkachenko Melnyk Novák Svoboda Dvořák Horváth Kováč Novotný
"""),
        *_joined("Gór Mal Zaw Ost Buk Lip Sob Wil Jas Rad", "ecki owski iński"),
    ),
    middle_share=0.3,
)

SOUTH_ASIAN = NameStock(
    share=13,
    girls=_words(
        """
Aisha Fatima Zainab Maryam Priya Anjali Asha Sunita Kavita Nisha Meera Pooja Jaspreet Harpreet
Simran Manpreet Gurleen Amara Hira Sana Saira Rukhsana Nasreen Shabnam Farah Bushra Rabia Anika
Ananya Lakshmi Divya Nusrat Tahmina Sultana Hafsa Khadija Samina Ayesha
"""
    ),
    boys=_words(
        """
Mohammed Muhammad Mohammad Ali Hassan Imran Bilal Hamza Usman Zain Adnan Tariq Faisal Kashif Arjun
Rohan Rahul Vikram Sanjay Amit Anil Ravi Harjit Gurpreet Jaspal Amrit Karan Dev Nikhil Rajesh
Abdul Rahim Shafiq Kamrul Yusuf Ibrahim Haroon Saqib Mohd
"""
    ),
    surnames=_words(
        """
Khan Patel Ahmed Hussain Singh Ali Begum Kaur Shah Rahman Akhtar Mahmood Iqbal Malik Sharma
Chowdhury Choudhury Miah Mirza Qureshi Bibi Gupta Desai Mehta Joshi Nair Menon Reddy Iyer Banerjee
Mukherjee Das Uddin Hossain Chaudhry Butt Dar Sheikh Siddiqui Sandhu Gill Dhillon Grewal Sidhu Bains
"""
    ),
    middle_share=0.35,
)

ARABIC = NameStock(
    share=4,
    girls=_words(
        """
Layla Noor Nour Yasmin Hana Salma Amina Rania Dina Huda Mariam Sara Lina Rima Zahra Khadijah
Samira Nadia
"""
    ),
    boys=_words(
        """
Omar Ahmad Mahmoud Khaled Youssef Yousef Karim Tarek Samir Mustafa Hussein Ziad Walid Anwar Jamal
Mohamed Rashid Nabil
"""
    ),
    surnames=_words(
        """
Al-Hassan El-Sayed Haddad Mansour Khalil Nasser Saleh Al-Masri Hamdan Aziz Farouk Abdallah Ibrahim
El-Amin Al-Khatib Saïdi Benali Bouazizi Rahmani Barakat
"""
    ),
    middle_share=0.2,
)

SOMALI = NameStock(
    share=4,
    girls=_words(
        """
Ayaan Hodan Ifrah Sagal Hibo Fadumo Amina Sahra Khadra Deeqa Filsan Naima Ubah Hamdi Ladan Idil
"""
    ),
    boys=_words(
        """
Abdi Cabdi Mohamud Abdirahman Liban Guled Hassan Yusuf Bashir Mahad Zakaria Ismail Abdullahi
Warsame Ayanle Khalid
"""
    ),
    surnames=_words(
        """
Mohamed Ali Hassan Abdi Warsame Farah Omar Jama Yusuf Hersi Aden Nur Egal Samatar Duale Osman
Abdullahi Sheikh-Ali
"""
    ),
    middle_share=0.9,
)

WEST_AFRICAN = NameStock(
    share=5,
    girls=_words(
        """
Ama Abena Akosua Efua Adwoa Chioma Ngozi Amara Adaeze Ifeoma Folake Yetunde Titilayo Temitope
Blessing Comfort Mercy Fatou Aminata Adé Bisi
"""
    ),
    boys=_words(
        """
Kwame Kofi Kwabena Yaw Kojo Emeka Chinedu Obinna Ifeanyi Chukwuemeka Tunde Segun Ayodele Babatunde
Oluwaseun Emmanuel Samuel Ousmane Mamadou Lamin Femi
"""
    ),
    surnames=_words(
        """
Mensah Owusu Boateng Asante Okafor Okoro Eze Nwosu Adeyemi Adebayo Okonkwo Adékúnlé Olawale Balogun
Bello Sow N'Diaye Jallow Diallo Osei-Tutu Agyeman Amoah Chukwu Ogunleye Akinwande Ọláyínká
"""
    ),
    middle_share=0.5,
)

CHINESE = NameStock(
    share=2,
    girls=("Mei Ling", "Xin Yi", "Jia Yi", "Siu Fong", "Hui Min", "Yan", "Xiaoling", "Wing Yan"),
    boys=("Wei", "Jun Jie", "Ka Ho", "Zihan", "Ming", "Chun Kit", "Haoran", "Wing Hong"),
    surnames=_words(
        "Chen Wong Li Wang Zhang Chan Lau Cheung Liu Ng Lam Huang Ho Leung Lü Xu Zhao Ou-Yang"
    ),
    middle_share=0.0,
)

TURKISH = NameStock(
    share=2,
    girls=_words("Ayşe Elif Zeynep Emine Hatice Defne Özlem Gül Tuğba Büşra Şule Çiğdem"),
    boys=_words("Mehmet Mustafa Emre Gökhan Barış Çağlar Hakan Oğuz Serkan İbrahim Ömer Umut"),
    surnames=_words(
        "Yılmaz Kaya Demir Şahin Çelik Yıldız Öztürk Aydın Özdemir Arslan Doğan Koç Güneş"
    ),
    middle_share=0.1,
)

STOCKS = (
    ENGLISH,
    WELSH,
    SCOTTISH,
    IRISH,
    SLAVIC,
    SOUTH_ASIAN,
    ARABIC,
    SOMALI,
    WEST_AFRICAN,
    CHINESE,
    TURKISH,
)

CALLED = {
    "Abigail": "Abbie",
    "Aleksandra": "Ola",
    "Alexander": "Alex",
    "Andrew": "Andy",
    "Benjamin": "Ben",
    "Catherine": "Kate",
    "Christopher": "Chris",
    "Daniel": "Danny",
    "Dafydd": "Dai",
    "Edward": "Ted",
    "Eleanor": "Nell",
    "Elizabeth": "Beth",
    "Emmanuel": "Manny",
    "Gwenllian": "Gwen",
    "Haoran": "Henry",
    "Isabelle": "Izzy",
    "James": "Jamie",
    "Jakub": "Kuba",
    "Ka Ho": "Kevin",
    "Katarzyna": "Kasia",
    "Małgorzata": "Gosia",
    "Margaret": "Peggy",
    "Matthew": "Matt",
    "Mei Ling": "May",
    "Michael": "Mike",
    "Mohammed": "Mo",
    "Pádraig": "Paddy",
    "Rebecca": "Becky",
    "Robert": "Bob",
    "Samuel": "Sam",
    "Stephen": "Steve",
    "Susan": "Sue",
    "Temitope": "Temi",
    "Thomas": "Tom",
    "Victoria": "Vicky",
    "William": "Billy",
    "Wing Yan": "Wendy",
    "Wojciech": "Wojtek",
    "Xin Yi": "Cindy",
    "Zuzanna": "Zuzia",
}
